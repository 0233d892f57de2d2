import { app } from '@azure/functions';
import { http } from '../app';

// App Service authentication identifies the caller; a function key would not.
app.http('submitPageBatch', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'app/batches',
  handler: http('submitPageBatch'),
});
