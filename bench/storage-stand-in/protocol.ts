import type { IncomingHttpHeaders } from 'node:http';

/** One call of a storage service's REST interface. */
export interface Call {
  readonly method: string;
  /** Below the account: one element for each part between slashes, decoded. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An answer of storage, with its body already written. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What storage refuses. The codes: https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes */
export class StorageFault extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/** Part of the interface that neither the app, nor a loop, nor the local host uses. */
export const unsupported = ({ method, path, query }: Call): StorageFault =>
  new StorageFault(501, `NotImplemented: ${method} /${path.join('/')}?${query.toString()}`);

/** Queues and blobs say the code in a header and in XML; tables say it in JSON. */
export const xmlFault = ({ status, code }: StorageFault): Answer => ({
  status,
  headers: { 'x-ms-error-code': code, 'content-type': 'application/xml' },
  body: `${xmlDeclaration}<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
});

/** Begins every XML answer. */
export const xmlDeclaration = '<?xml version="1.0" encoding="utf-8"?>';

/** Escapes the text of an element. Quotes stay as they are. */
export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

let etags = 0;

/** Never the same again. */
export const newEtag = (): string => `"0x${(etags += 1).toString(16).toUpperCase()}"`;
