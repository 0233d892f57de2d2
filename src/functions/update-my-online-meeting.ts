import { app } from '@azure/functions';
import { http } from '../app';

// App Service authentication identifies the caller; a function key would not.
app.http('updateMyOnlineMeeting', {
  methods: ['PATCH'],
  authLevel: 'anonymous',
  route: 'v1.0/me/onlineMeetings/{meetingId}',
  handler: http('updateMyOnlineMeeting'),
});
