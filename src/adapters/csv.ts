import { Readable } from 'node:stream';
import { maxRowBytes, wrongBatch } from '../batches/intake/body';
import type { CsvReader } from '../batches/ports';
import type * as Library from './csv-parser';

/** Bytes parsed at a time. Rows are consumed before more is read. */
const chunkBytes = 64 * 1024;

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

/** Records of a CSV text in UTF-8: https://www.rfc-editor.org/rfc/rfc4180. Rows may have more or fewer cells than the header. */
export const readCsv: CsvReader = async function* read(bytes, delimiter) {
  // Loaded with the first sheet, so that single meetings do not wait for it.
  const { CsvError, parse } = require('./csv-parser') as typeof Library;
  const parser = parse({
    bom: true,
    delimiter,
    relaxColumnCount: true,
    relaxQuotes: true,
    maxRecordSize: maxRowBytes,
  });
  try {
    for await (const record of Readable.from(chunksOf(bytes)).pipe(parser))
      yield record as readonly string[];
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    // Its `lines` counts the whole file when a quotation mark is never closed.
    const place = `row ${Number(thrown['records']) + 1}`;
    throw wrongBatch(
      `The body is not CSV: ${place} cannot be read (${reasonOf(thrown)}).`,
      place,
      'invalidCsv',
    );
  }
};

const reasonOf = ({ code }: Library.CsvError): string => {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quotation mark is not closed';
  if (code === 'CSV_MAX_RECORD_SIZE')
    return `it has more than ${maxRowBytes} characters. Check for an unclosed quotation mark.`;
  return code.toLowerCase();
};
