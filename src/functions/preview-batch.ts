import { app } from '@azure/functions';
import { http } from '../app';

app.http('previewBatch', {
  methods: ['POST'],
  authLevel: 'function',
  route: 'batches/preview',
  handler: http('previewBatch'),
});
