import { app } from '@azure/functions';
import { http } from '../app';

// App Service authentication identifies the caller; a function key would not.
app.http('createOrGetMyOnlineMeeting', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'v1.0/me/onlineMeetings/createOrGet',
  handler: http('createOrGetMyOnlineMeeting'),
});
