import { app } from '@azure/functions';

// Without it the host drops every body that comes in chunks, as .NET's PostAsJsonAsync sends them.
app.setup({ enableHttpStream: true });
