import { app } from '@azure/functions';
import { http } from '../app';

// The token in the address authorizes the call; callers such as Power Automate do not repeat a key when they poll.
app.http('getBatchByToken', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'batches/{batchId}/status/{token}',
  handler: http('getBatchByToken'),
});
