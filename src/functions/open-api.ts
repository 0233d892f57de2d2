import { app } from '@azure/functions';
import { http } from '../app';

// It describes the endpoints and holds nothing of this app's own.
app.http('openApi', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'openapi.json',
  handler: http('openApi'),
});
