import { app } from '@azure/functions';
import { http } from '../app';

app.http('getOnlineMeeting', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'v1.0/users/{userId}/onlineMeetings/{meetingId}',
  handler: http('getOnlineMeeting'),
});
