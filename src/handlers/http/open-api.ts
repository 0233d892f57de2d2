import { openApiDocument } from '../../openapi/document';
import type { HttpHandler } from './response';

let body: string | undefined;

/** `GET /api/openapi.json`: the description of every endpoint, the same until the next deployment. */
export const openApiHandler: HttpHandler = (_request, { invocationId }) => {
  body ??= JSON.stringify(openApiDocument());
  return Promise.resolve({
    body,
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'public, max-age=3600',
      'request-id': invocationId,
    },
  });
};
