import { wrongBatch, type BatchBody, type InputRow } from './body';
import { columnOf, readHeader, toInput, type CsvHeader } from './csv-header';
import { withDefaults, type InputObject } from './defaults';
import type { CsvReader } from '../ports';

const delimiters = [';', ',', '\t'] as const;
/** The header row is found within this many bytes. */
const maxFirstLineLength = 64 * 1024;
/** Excel's own way of naming the delimiter, in a line above the header. */
const separatorLine = /^sep=([;,\t])\r?\n/;

/**
 * A batch as CSV (RFC 4180): the first row names the columns.
 * @throws MeetingError `invalidRequest` when it is no CSV, or its header is wrong; also while its rows are gone through.
 */
export async function openCsv(
  bytes: Uint8Array,
  defaults: InputObject,
  readRecords: CsvReader,
): Promise<BatchBody> {
  const { text, delimiter, firstRow } = findForm(bytes);
  const records = (): AsyncIterable<readonly string[]> => readRecords(text, delimiter);
  const header = readHeader(await firstOf(records()));
  return {
    csv: { delimiter, header: header.names },
    rows: () => readRows(records(), { header, defaults, firstRow }),
    nameOf: (target) => columnOf(header, target),
  };
}

function findForm(bytes: Uint8Array): {
  readonly text: Uint8Array;
  readonly delimiter: string;
  readonly firstRow: number;
} {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const head = Buffer.from(bytes.subarray(start, start + maxFirstLineLength)).toString('utf8');
  const [line, named] = separatorLine.exec(head) ?? [];
  if (line !== undefined && named !== undefined) {
    return { text: bytes.subarray(start + line.length), delimiter: named, firstRow: 2 };
  }
  return { text: bytes.subarray(start), delimiter: mostFrequent(head), firstRow: 1 };
}

/** The delimiter of the header row: the candidate that stands there most often outside of quotes. */
function mostFrequent(head: string): string {
  const counts = new Map<string, number>(delimiters.map((delimiter) => [delimiter, 0]));
  let quoted = false;
  for (const character of head) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) break;
    else if (!quoted)
      counts.set(character, (counts.get(character) ?? 0) + (counts.has(character) ? 1 : 0));
  }
  return delimiters.reduce(
    (best, next) => ((counts.get(next) ?? 0) > (counts.get(best) ?? 0) ? next : best),
    ',',
  );
}

async function firstOf(records: AsyncIterable<readonly string[]>): Promise<readonly string[]> {
  for await (const record of records) return record;
  throw wrongBatch('The body is empty.', '$', 'missing');
}

async function* readRows(
  records: AsyncIterable<readonly string[]>,
  {
    header,
    defaults,
    firstRow,
  }: { readonly header: CsvHeader; readonly defaults: InputObject; readonly firstRow: number },
): AsyncGenerator<InputRow> {
  let row = firstRow - 1;
  for await (const cells of records) {
    row += 1;
    if (row === firstRow || cells.every((cell) => cell.trim() === '')) continue;
    yield readRow(row, cells, { header, defaults });
  }
}

function readRow(
  row: number,
  cells: readonly string[],
  { header, defaults }: { readonly header: CsvHeader; readonly defaults: InputObject },
): InputRow {
  const input = withDefaults(toInput(header, cells), defaults);
  const surplus = cells.slice(header.names.length).filter((cell) => cell.trim() !== '');
  if (surplus.length === 0) return { row, input, cells: cells.slice(0, header.names.length) };
  const message = `The row has ${cells.length} cells, the header only ${header.names.length}; is a delimiter inside a text that has no quotes?`;
  return { row, input, cells, problems: [{ code: 'tooMany', target: '$', message }] };
}
