import { StorageFault, type Answer } from '../protocol';
import { faultBody } from './table-fault';
import type { Row } from './table';

/** A call within a transaction. */
export interface Part {
  readonly method: string;
  /** The last part of its address, decoded: the table, and the keys if it has any. */
  readonly target: string;
  readonly ifMatch: string | undefined;
  readonly body: string;
}

/** https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions#sample-request */
export function parseTransaction(text: string): readonly Part[] {
  const boundary = /boundary=(changeset_[^\s]+)/.exec(text)?.[1];
  if (boundary === undefined) throw new StorageFault(400, 'InvalidInput');
  return text.split(`--${boundary}`).slice(1, -1).map(parsePart);
}

function parsePart(text: string): Part {
  const [, call = '', ...rest] = text.split('\r\n\r\n');
  const [start = '', ...headers] = call.split('\r\n');
  const [method = '', url = ''] = start.split(' ');
  const ifMatch = headers.find((header) => /^if-match:/i.test(header));
  return {
    method,
    target: decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? ''),
    ifMatch: ifMatch?.slice(ifMatch.indexOf(':') + 1).trim(),
    body: rest.join('\r\n\r\n').trim(),
  };
}

/** One answer for each part. */
export const transactionAnswer = (rows: readonly (Row | undefined)[]): Answer =>
  toAnswer(
    rows.map((row) => {
      const etag = row === undefined ? '' : `ETag: ${row['odata.etag']}\r\n`;
      return `HTTP/1.1 204 No Content\r\n${etag}\r\n\r\n`;
    }),
  );

/** That of the part that failed. The whole is answered as if it had not. */
export const failedTransaction = ({ status, code }: StorageFault): Answer =>
  toAnswer([
    `HTTP/1.1 ${status} ${code}\r\nContent-Type: application/json\r\n\r\n${faultBody(code)}\r\n`,
  ]);

function toAnswer(parts: readonly string[]): Answer {
  const separator = '--changesetresponse_1';
  const kind = 'Content-Type: application/http\r\nContent-Transfer-Encoding: binary';
  const all = parts.map((part) => `${separator}\r\n${kind}\r\n\r\n${part}`).join('');
  return {
    status: 202,
    headers: { 'content-type': 'multipart/mixed; boundary=batchresponse_1' },
    body: `--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n${all}${separator}--\r\n--batchresponse_1--\r\n`,
  };
}
