import { app } from '@azure/functions';
import { http } from '../app';

app.http('getBatch', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'batches/{batchId}',
  handler: http('getBatch'),
});
