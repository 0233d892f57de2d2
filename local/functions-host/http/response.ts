import type { ServerResponse } from 'node:http';
import type { HttpCookie, HttpData } from '../worker/rpc';

/** Sends an empty answer, with `Content-Length: 0` unless its status never has a body. */
export function sendEmpty(response: ServerResponse, status: number): void {
  if (hasBody(status)) response.setHeader('content-length', 0);
  response.writeHead(status).end();
}

/** Answers with JSON, and ends the answer. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

/** Sends what a function returned; 204 if it returned nothing, an empty 500 if it cannot be sent. */
export function sendHttpData(response: ServerResponse, data: HttpData | undefined): void {
  if (data === undefined) return sendEmpty(response, 204);
  const body = toBody(data);
  const headers = toHeaders(data);
  if (!canSend(headers, body)) return sendEmpty(response, 500);
  for (const [name, value] of headers) {
    if (name === 'set-cookie') response.appendHeader(name, value);
    else response.setHeader(name, value);
  }
  const status = Number(data.statusCode ?? 200);
  if (body.length === 0) return sendEmpty(response, status);
  response.writeHead(status);
  if (hasBody(status)) response.write(body);
  response.end();
}

const hasBody = (status: number): boolean => status >= 200 && status !== 204 && status !== 304;

const toBody = ({ body }: HttpData): Uint8Array => body?.bytes ?? Buffer.from(body?.string ?? '');

const toHeaders = ({ headers = {}, cookies = [] }: HttpData): readonly [string, string][] => [
  ...Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), value]),
  ...cookies.map((cookie): [string, string] => ['set-cookie', toSetCookie(cookie)]),
];

/** Whether the answer can be sent: the server refuses non-ASCII characters in headers, and a wrong Content-Length. */
function canSend(headers: readonly [string, string][], body: Uint8Array): boolean {
  return headers.every(([name, value]) => {
    if (name === 'content-length' && Number(value) !== body.length) return false;
    if (name === 'transfer-encoding' && value.toLowerCase() !== 'chunked') return false;
    return /^[\t\x20-\x7e]*$/.test(value);
  });
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
