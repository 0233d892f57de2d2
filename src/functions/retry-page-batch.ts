import { app } from '@azure/functions';
import { http } from '../app';

// App Service authentication identifies the caller; a function key would not.
app.http('retryPageBatch', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'app/batches/{batchId}/retry',
  handler: http('retryPageBatch'),
});
