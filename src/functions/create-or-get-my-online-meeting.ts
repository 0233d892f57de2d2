import { app } from '@azure/functions';
import { http } from '../app';

// App Service authentication decides who calls this; a function key would not say who it is.
app.http('createOrGetMyOnlineMeeting', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'v1.0/me/onlineMeetings/createOrGet',
  handler: http('createOrGetMyOnlineMeeting'),
});
