import { app } from '@azure/functions';
import { http } from '../app';

app.http('getBatchResults', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'batches/{batchId}/results',
  handler: http('getBatchResults'),
});
