import { app } from '@azure/functions';
import { http } from '../app';

// Anybody may load what the page consists of. No route of the page overlaps with another one, since the host
// takes the first by name: https://github.com/Azure/azure-functions-host/issues/9876
app.http('getPageFile', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'app/files/{file}',
  handler: http('getPageFile'),
});
