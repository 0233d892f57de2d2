import { app } from '@azure/functions';
import { http } from '../app';

app.http('mcp', {
  methods: ['POST'],
  authLevel: 'function',
  handler: http('mcp'),
});
