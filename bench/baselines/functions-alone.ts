/** The minimum that an app of the Node.js programming model can load: the library, and one function. */
import { app } from '@azure/functions';

app.http('empty', { methods: ['POST'], handler: () => ({ status: 204 }) });
