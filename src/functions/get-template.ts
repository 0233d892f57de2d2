import { app } from '@azure/functions';
import { http } from '../app';

// Anonymous: it holds nothing of this app's own, and a browser has no key. Two segments behind `batches`, since the host takes
// the first of overlapping routes by name: https://github.com/Azure/azure-functions-host/issues/9876
app.http('getTemplate', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'templates/{format}',
  handler: http('getTemplate'),
});
