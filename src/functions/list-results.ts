import { app } from '@azure/functions';
import { http } from '../app';

app.http('listResults', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'results/{outcome}',
  handler: http('listResults'),
});
