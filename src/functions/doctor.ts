import { app } from '@azure/functions';
import { http } from '../app';

// Master key only: its findings describe the tenant and the storage account.
app.http('doctor', {
  methods: ['GET'],
  authLevel: 'admin',
  handler: http('doctor'),
});
