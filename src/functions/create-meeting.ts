import { app } from '@azure/functions';
import { http } from '../app';

// The default route, which is the function's name, lets the Logic Apps "Azure Functions" action find it.
app.http('createMeeting', {
  methods: ['POST'],
  authLevel: 'function',
  handler: http('createMeeting'),
});
