import { app } from '@azure/functions';
import { http } from '../app';

app.http('getInvitation', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'requests/{requestId}/invitation',
  handler: http('getInvitation'),
});
