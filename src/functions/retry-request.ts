import { app } from '@azure/functions';
import { http } from '../app';

app.http('retryRequest', {
  methods: ['POST'],
  authLevel: 'function',
  route: 'requests/{requestId}/retry',
  handler: http('retryRequest'),
});
