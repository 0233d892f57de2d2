import { app } from '@azure/functions';
import { http } from '../app';

app.http('submitBatch', {
  methods: ['POST'],
  authLevel: 'function',
  route: 'batches',
  handler: http('submitBatch'),
});
