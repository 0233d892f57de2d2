import { app } from '@azure/functions';
import { http } from '../app';

app.http('cancelBatch', {
  methods: ['DELETE'],
  authLevel: 'function',
  route: 'batches/{batchId}',
  handler: http('cancelBatch'),
});
