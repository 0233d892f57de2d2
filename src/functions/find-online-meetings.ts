import { app } from '@azure/functions';
import { http } from '../app';

app.http('findOnlineMeetings', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'v1.0/users/{userId}/onlineMeetings',
  handler: http('findOnlineMeetings'),
});
