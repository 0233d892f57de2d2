import { app } from '@azure/functions';
import { http } from '../app';

app.http('listFinishedBatches', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'batches',
  handler: http('listFinishedBatches'),
});
