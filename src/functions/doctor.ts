import { app } from '@azure/functions';
import { http } from '../app';

// Only the master key opens it: its findings describe the tenant and the storage account.
app.http('doctor', {
  methods: ['GET'],
  authLevel: 'admin',
  handler: http('doctor'),
});
