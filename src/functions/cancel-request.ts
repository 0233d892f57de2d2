import { app } from '@azure/functions';
import { http } from '../app';

app.http('cancelRequest', {
  methods: ['DELETE'],
  authLevel: 'function',
  route: 'requests/{requestId}',
  handler: http('cancelRequest'),
});
