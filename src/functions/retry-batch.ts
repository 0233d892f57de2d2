import { app } from '@azure/functions';
import { http } from '../app';

app.http('retryBatch', {
  methods: ['POST'],
  authLevel: 'function',
  route: 'batches/{batchId}/retry',
  handler: http('retryBatch'),
});
