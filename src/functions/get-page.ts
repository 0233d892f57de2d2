import { app } from '@azure/functions';
import { http } from '../app';

// Anonymous: the page itself contains no data.
app.http('getPage', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'app',
  handler: http('getPage'),
});
