import { openApiDocument } from '../../openapi/document';
import type { HttpHandler } from './response';

/** `GET /api/openapi.json`: the description of every endpoint, with the server address that the caller used. */
export const openApiHandler: HttpHandler = ({ url }) => {
  const { origin, pathname } = new URL(url);
  return Promise.resolve({
    body: JSON.stringify(openApiDocument(`${origin}${pathname.replace(/\/[^/]*$/, '')}`)),
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'public, max-age=3600',
    },
  });
};
