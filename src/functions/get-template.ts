import { app } from '@azure/functions';
import { http } from '../app';

// Anonymous: the template contains no data, and a browser has no key. Not under `batches`: of overlapping routes, the
// host takes the first by name: https://github.com/Azure/azure-functions-host/issues/9876
app.http('getTemplate', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'templates/{format}',
  handler: http('getTemplate'),
});
