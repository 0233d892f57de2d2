import { app } from '@azure/functions';
import { http } from '../app';

// The host tries routes in the order of their functions' names, so this name must be the last. Without this function,
// an unknown address gets an empty answer, which Graph's SDKs cannot read.
app.http('zzNotServed', {
  methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
  authLevel: 'anonymous',
  route: '{*path}',
  handler: http('zzNotServed'),
});
