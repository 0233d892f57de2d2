import { app } from '@azure/functions';
import { http } from '../app';

app.http('getRequest', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'requests/{requestId}',
  handler: http('getRequest'),
});
