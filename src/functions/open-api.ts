import { app } from '@azure/functions';
import { http } from '../app';

// Anonymous: it describes the endpoints and contains nothing specific to this installation.
app.http('openApi', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'openapi.json',
  handler: http('openApi'),
});
