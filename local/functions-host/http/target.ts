import type { IncomingMessage } from 'node:http';

/** Bytes. https://learn.microsoft.com/dotnet/api/microsoft.aspnetcore.server.kestrel.core.kestrelserverlimits */
const maxRequestLine = 8 * 1024;
export const maxHeaderBytes = 32 * 1024;
const maxHeaders = 100;

const hostPattern = /^(?:\[[\da-f:.]+\]|[\w!$%&'()*+,.~;=-]+)(?::\d*)?$/i;

/** The parts of a request's address. */
export interface Target {
  /** Scheme and host, as sent by the caller. */
  readonly origin: string;
  /** Still percent-encoded; `.` and `..` are resolved. */
  readonly path: string;
  /** With its question mark; empty without a query. */
  readonly search: string;
  readonly query: Readonly<Record<string, string>>;
}

/** The target of a request, or the status with which the server refuses it before routing. */
export function readTarget(request: IncomingMessage): Target | number {
  const { method = '', url = '' } = request;
  if (`${method} ${url} HTTP/1.1\r\n`.length > maxRequestLine) return 414;
  if (hasTooManyHeaders(request)) return 431;
  const host = readHost(request);
  if (typeof host === 'number') return host;
  const parts = /^(?:https?:\/\/([^/?#]*))?([^?]*)(\?.*)?$/is.exec(url);
  const [, authority, rawPath = '', search = ''] = parts ?? [];
  if (authority !== undefined && authority.toLowerCase() !== host.toLowerCase()) return 400;
  if (/%00/.test(rawPath)) return 400;
  // A URL parser would normalize or cut such a path. The real server treats it as a separate path, and no function has
  // it.
  if (/[\\#*]/.test(rawPath) && !rawPath.startsWith('/')) return 404;
  if (/[\\#]/.test(rawPath)) return 404;
  const origin = `http://${host}`;
  if (!URL.canParse(origin)) return 400;
  const { pathname } = new URL(`http://127.0.0.1${rawPath === '' ? '/' : rawPath}`);
  return { origin, path: pathname, search, query: toQuery(search) };
}

function hasTooManyHeaders({ rawHeaders }: IncomingMessage): boolean {
  const separators = rawHeaders.length * 2;
  const bytes = rawHeaders.reduce((sum, text) => sum + text.length, separators);
  return rawHeaders.length / 2 > maxHeaders || bytes > maxHeaderBytes;
}

/** An empty Host reaches the worker, which cannot build an address from it. */
function readHost({ headersDistinct }: IncomingMessage): string | number {
  const [host = '127.0.0.1', ...others] = headersDistinct['host'] ?? [];
  if (host === '') return 500;
  return others.length === 0 && hostPattern.test(host) ? host : 400;
}

/** Ignores the case of names, and joins the values of a repeated name. */
function toQuery(search: string): Record<string, string> {
  const query: Record<string, string> = {};
  const names = new Map<string, string>();
  for (const [given, value] of new URLSearchParams(search)) {
    const name = names.get(given.toLowerCase()) ?? given;
    names.set(given.toLowerCase(), name);
    query[name] = name in query ? `${query[name]},${value}` : value;
  }
  return query;
}

/** The value of a query parameter; ignores the case of its name. */
export function queryValue({ query }: Target, name: string): string | undefined {
  const found = Object.entries(query).find(([given]) => given.toLowerCase() === name);
  return found?.[1];
}

/** The address as functions get it: the server has decoded the path, and the host encodes it again. */
export function toHref({ origin, path, search }: Target): string {
  const decoded = path.replace(/(?:%(?!2f)[\da-f]{2})+/gi, decodeOrKeep);
  const encoded = decoded
    .replace(/%(?![\da-f]{2})/gi, '%25')
    .replace(/[^\w\-.~!$&'()*+,;=:@/%]+/gu, (text) => encodeURIComponent(text.toWellFormed()));
  return origin + encoded + search;
}

/** Percent-encoded bytes that are not UTF-8 stay encoded. */
export function decodeOrKeep(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
