import { gzipSync } from 'node:zlib';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { MeetingError } from '../../../errors/meeting-error';
import type { HttpHandler } from '../response';

const contentTypes = {
  'index.html': 'text/html; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
} as const;

export type PageFile = keyof typeof contentTypes;

/** Undefined for a file that is not there. */
export type ReadPageFile = (name: PageFile) => Uint8Array | undefined;

/**
 * Scripts, styles and calls only of this app's own, nothing inline, and the page in no frame:
 * https://developer.mozilla.org/docs/Web/HTTP/Guides/CSP
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

interface Stored {
  readonly plain: Uint8Array;
  readonly compressed: Uint8Array;
}

/** `GET /api/app` and the files that it names: the same for everybody. Each is read and compressed once. */
export function makePageFileHandlers(read: ReadPageFile): {
  readonly getPage: HttpHandler;
  readonly getPageFile: HttpHandler;
} {
  const stored = new Map<PageFile, Stored>();
  const fileOf = (name: PageFile): Stored => {
    const known = stored.get(name) ?? load(name, read);
    stored.set(name, known);
    return known;
  };
  return {
    getPage: async (request) => answer(request, 'index.html', fileOf('index.html')),
    getPageFile: async (request) => {
      const name = request.params['file'] ?? '';
      if (!isAsset(name)) throw notFound('The page has no such file.');
      return answer(request, name, fileOf(name));
    },
  };
}

const isAsset = (name: string): name is PageFile => name === 'page.js' || name === 'page.css';

function load(name: PageFile, read: ReadPageFile): Stored {
  const plain = read(name);
  if (plain === undefined) throw notFound('The page was not built with this app.');
  return { plain, compressed: gzipSync(plain, { level: 9 }) };
}

const notFound = (message: string): MeetingError => new MeetingError('endpointNotFound', message);

function answer(request: HttpRequest, name: PageFile, file: Stored): HttpResponseInit {
  const takesGzip = /\bgzip\b/i.test(request.headers.get('accept-encoding') ?? '');
  return {
    body: takesGzip ? file.compressed : file.plain,
    headers: {
      ...securityHeaders,
      'Content-Type': contentTypes[name],
      ...(takesGzip && { 'Content-Encoding': 'gzip' }),
      Vary: 'Accept-Encoding',
      // An asset is asked for with the hash of its content.
      'Cache-Control': request.query.has('v') ? 'public, max-age=31536000, immutable' : 'no-cache',
    },
  };
}
