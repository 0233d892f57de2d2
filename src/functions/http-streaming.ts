import { app } from '@azure/functions';

// Without this, the host drops every chunked body, such as .NET's PostAsJsonAsync sends.
app.setup({ enableHttpStream: true });
