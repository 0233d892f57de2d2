import { app } from '@azure/functions';
import { http } from '../app';

// The page for people with a sheet: anybody may load it, and it holds nothing of anybody.
app.http('getPage', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'app',
  handler: http('getPage'),
});
