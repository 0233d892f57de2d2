import { app } from '@azure/functions';
import { http } from '../app';

// The host tries routes in the order of their functions' names, so this one has to be the last of them. Without it an
// address that is not served gets an empty answer, which Graph's SDKs cannot read.
app.http('zzNotServed', {
  methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
  authLevel: 'anonymous',
  route: '{*path}',
  handler: http('zzNotServed'),
});
