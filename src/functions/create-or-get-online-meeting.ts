import { app } from '@azure/functions';
import { http } from '../app';

app.http('createOrGetOnlineMeeting', {
  methods: ['POST'],
  authLevel: 'function',
  route: 'v1.0/users/{userId}/onlineMeetings/createOrGet',
  handler: http('createOrGetOnlineMeeting'),
});
