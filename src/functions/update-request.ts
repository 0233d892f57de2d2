import { app } from '@azure/functions';
import { http } from '../app';

app.http('updateRequest', {
  methods: ['PATCH'],
  authLevel: 'function',
  route: 'requests/{requestId}',
  handler: http('updateRequest'),
});
