import { app } from '@azure/functions';
import { http } from '../app';

app.http('listChoices', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'choices/{list}',
  handler: http('listChoices'),
});
