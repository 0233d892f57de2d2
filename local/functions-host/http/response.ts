import type { ServerResponse } from 'node:http';
import type { HttpCookie, HttpData } from '../worker/rpc';

/** Set by the server itself, from what it really sends. */
const ownHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'transfer-encoding',
]);

export function sendEmpty(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

/** Sends what a function returned; nothing returned is 204. */
export function sendHttpData(response: ServerResponse, data: HttpData | undefined): void {
  if (data === undefined) return sendEmpty(response, 204);
  for (const [name, value] of Object.entries(data.headers ?? {})) {
    if (!ownHeaders.has(name.toLowerCase())) response.setHeader(name, value);
  }
  const cookies = (data.cookies ?? []).map(toSetCookie);
  if (cookies.length > 0) response.appendHeader('set-cookie', cookies);
  response.statusCode = Number(data.statusCode ?? 200);
  response.end(data.body?.bytes ?? data.body?.string);
}

/** https://www.rfc-editor.org/rfc/rfc6265#section-4.1 */
export function toSetCookie(cookie: HttpCookie): string {
  const { domain, path, expires, maxAge, sameSite } = cookie;
  const site = { none: undefined, explicitNone: 'none', lax: 'lax', strict: 'strict' };
  return [
    `${encodeURIComponent(cookie.name)}=${encodeURIComponent(cookie.value)}`,
    expires && `expires=${new Date(expires.value.seconds * 1000).toUTCString()}`,
    maxAge && `max-age=${maxAge.value}`,
    domain && `domain=${domain.value}`,
    `path=${path?.value ?? '/'}`,
    cookie.secure?.value && 'secure',
    site[sameSite ?? 'none'] && `samesite=${site[sameSite ?? 'none']}`,
    cookie.httpOnly?.value && 'httponly',
  ]
    .filter(Boolean)
    .join('; ');
}
