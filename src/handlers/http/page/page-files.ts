import { brotliDecompressSync } from 'node:zlib';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { MeetingError } from '../../../errors/meeting-error';
import { acceptsCoding } from '../accept';
import type { HttpHandler } from '../response';

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
]);

/** A file as the build has stored it, compressed with Brotli. Undefined if it does not exist. */
export type ReadPageFile = (name: string) => Uint8Array | undefined;

/**
 * Only this app's own scripts, styles and calls; nothing inline; no frames around the page:
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

/** `GET /api/app` and its files, the same for everybody. Reads and expands each file once. */
export function makePageFileHandlers(read: ReadPageFile): {
  readonly getPage: HttpHandler;
  readonly getPageFile: HttpHandler;
} {
  const stored = new Map<string, Stored>();
  const fileOf = (name: string): Stored => {
    const known = stored.get(name) ?? load(name, read);
    stored.set(name, known);
    return known;
  };
  return {
    getPage: async (request) => answer(request, 'index.html', fileOf('index.html')),
    getPageFile: async (request) => {
      const name = request.params['file'] ?? '';
      if (!isAsset(name)) throw notFound('This file is not part of the page.');
      return answer(request, name, fileOf(name));
    },
  };
}

/** Names from the build; nothing that leads into another folder. */
const isAsset = (name: string): boolean => /^[\w-]{1,60}\.(?:js|css)$/.test(name);
/** A name that changes with the content. */
const hasHash = (name: string): boolean => /-[A-Z\d]{8}\.js$/.test(name);

function load(name: string, read: ReadPageFile): Stored {
  const compressed = read(name);
  if (compressed === undefined)
    throw notFound('Some files of the page are missing or out of date. Reload the page.');
  return { plain: brotliDecompressSync(compressed), compressed };
}

const notFound = (message: string): MeetingError => new MeetingError('endpointNotFound', message);

function answer(request: HttpRequest, name: string, file: Stored): HttpResponseInit {
  const takesBrotli = acceptsCoding(request.headers.get('accept-encoding'), 'br');
  return {
    body: takesBrotli ? file.compressed : file.plain,
    headers: {
      ...securityHeaders,
      'Content-Type': contentTypes.get(name.split('.').at(-1) ?? '') ?? '',
      ...(takesBrotli && { 'Content-Encoding': 'br' }),
      Vary: 'Accept-Encoding',
      // The page requests assets by a name with the hash of their content.
      'Cache-Control':
        request.query.has('v') || hasHash(name)
          ? 'public, max-age=31536000, immutable'
          : 'no-cache',
    },
  };
}
