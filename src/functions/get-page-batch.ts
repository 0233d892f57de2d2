import { app } from '@azure/functions';
import { http } from '../app';

// App Service authentication identifies the caller; a function key would not.
app.http('getPageBatch', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'app/batches/{batchId}',
  handler: http('getPageBatch'),
});
