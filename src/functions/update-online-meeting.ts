import { app } from '@azure/functions';
import { http } from '../app';

app.http('updateOnlineMeeting', {
  methods: ['PATCH'],
  authLevel: 'function',
  route: 'v1.0/users/{userId}/onlineMeetings/{meetingId}',
  handler: http('updateOnlineMeeting'),
});
