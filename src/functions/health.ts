import { app } from '@azure/functions';
import { http } from '../app';

app.http('health', {
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: http('health'),
});
