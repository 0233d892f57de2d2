import type { IncomingMessage } from 'node:http';
import type { RouteValues } from './route-template';
import type { HttpData, TypedData } from '../worker/rpc';

/** The full address of a request; undefined if it has none that can be read. */
export function toUrl(request: IncomingMessage): URL | undefined {
  const host = request.headers.host ?? '127.0.0.1';
  const text = `http://${host}${request.url}`;
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** The body as the real host passes it on: only one with a Content-Length, so a chunked one is empty. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  if (Number(request.headers['content-length'] ?? 0) === 0) request.resume();
  else for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** What a function is handed of a request. */
export function toHttpData(request: IncomingMessage, url: URL, params: RouteValues): HttpData {
  return {
    url: url.href,
    method: request.method ?? 'GET',
    headers: toHeaders(request),
    query: toQuery(url),
    params,
  };
}

/** With streaming, headers and parameters travel as trigger metadata; query keys end up among the parameters. */
export function toStreamMetadata({ headers, query, params }: HttpData): Record<string, TypedData> {
  const strings = Object.entries({ ...query, ...params });
  return {
    ...Object.fromEntries(strings.map(([name, value]) => [name, { string: value }])),
    Headers: { json: JSON.stringify(headers) },
    Query: { json: JSON.stringify(query) },
  };
}

/** Names in lower case; empty values are left out, repeated ones joined. */
function toHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    const value = values?.join(',') ?? '';
    if (value !== '') headers[name] = value;
  }
  return headers;
}

function toQuery(url: URL): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams) {
    query[name] = name in query ? `${query[name]},${value}` : value;
  }
  return query;
}
