import type { IncomingMessage } from 'node:http';
import type { HttpData, TypedData } from '../worker/rpc';
import type { RouteValues } from './route-template';
import { toHref, type Target } from './target';

/** The body as the real host passes it on: empty without a Content-Length, so for chunked bodies too. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  if (Number(request.headers['content-length'] ?? 0) === 0) request.resume();
  else for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Headers by name in lower case. */
export type RequestHeaders = Readonly<Record<string, string>>;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Headers with names in lower case and repeated values joined; undefined if a value is not UTF-8, which the real server
 * requires.
 */
export function readHeaders(request: IncomingMessage): RequestHeaders | undefined {
  const entries = Object.entries(request.headersDistinct);
  try {
    return Object.fromEntries(
      entries.map(([name, values = []]) => [
        name,
        utf8.decode(Buffer.from(values.join(','), 'latin1')),
      ]),
    );
  } catch {
    return undefined;
  }
}

/** The request data for a function. */
export function toHttpData(
  { method = 'GET' }: IncomingMessage,
  target: Target,
  { headers, params }: { readonly headers: RequestHeaders; readonly params: RouteValues },
): HttpData {
  return { url: toHref(target), method, headers, query: target.query, params };
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
