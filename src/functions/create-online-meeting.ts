import { app } from '@azure/functions';
import { http } from '../app';

app.http('createOnlineMeeting', {
  methods: ['POST'],
  authLevel: 'function',
  route: 'v1.0/users/{userId}/onlineMeetings',
  handler: http('createOnlineMeeting'),
});
