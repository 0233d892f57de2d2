import { app } from '@azure/functions';
import { http } from '../app';

// Anonymous, like the page itself. No route of the page overlaps with another: of overlapping routes, the host takes
// the first by name: https://github.com/Azure/azure-functions-host/issues/9876
app.http('getPageFile', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'app/files/{file}',
  handler: http('getPageFile'),
});
