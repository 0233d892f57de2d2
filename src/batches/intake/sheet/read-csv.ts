import { wrongBatch, type BatchBody, type InputRow } from '../body';
import { columnOf, countKnown, readHeader, toForm, toInput, type CsvHeader } from './csv-header';
import { withDefaults, type InputObject } from '../defaults';
import type { CsvReader } from '../../ports';

const delimiters = [';', ',', '\t'] as const;
/** Number of bytes searched for the header row. */
const maxFirstLineLength = 64 * 1024;
/** Excel's line above the header that names the delimiter. */
const separatorLine = /^sep=([;,\t])\r?\n/;
/** Maximum number of rows with titles and notes above the header. */
const maxRowsAboveHeader = 20;

/**
 * A batch as CSV (RFC 4180): the first row with known column names is the header.
 * @throws MeetingError `invalidRequest` if it is not CSV or its header is wrong; also while its rows are read.
 */
export async function openCsv(
  bytes: Uint8Array,
  defaults: InputObject,
  readRecords: CsvReader,
): Promise<BatchBody> {
  const { delimiter, isNamed } = findDelimiter(bytes);
  const records = (): AsyncIterable<readonly string[]> => readRecords(bytes, delimiter);
  const { row: headerRow, names } = await findHeader(records(), isNamed ? 2 : 1);
  const header = readHeader(names);
  return {
    csv: toForm(header, delimiter),
    unusedColumns: header.unused,
    rows: () => readRows(records(), { header, defaults, headerRow }),
    nameOf: (target) => columnOf(header, target),
  };
}

function findDelimiter(bytes: Uint8Array): {
  readonly delimiter: string;
  readonly isNamed: boolean;
} {
  const head = Buffer.from(bytes.subarray(0, maxFirstLineLength)).toString('utf8');
  const [, named] = separatorLine.exec(head.replace(/^\uFEFF/, '')) ?? [];
  return named === undefined
    ? { delimiter: mostFrequent(head), isNamed: false }
    : { delimiter: named, isNamed: true };
}

/** The delimiter of the header row: the candidate that occurs most often outside of quotes. */
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

interface HeaderRow {
  readonly row: number;
  readonly names: readonly string[];
}

/** The first row is the header, unless only a later one has known column names. A title above the header may be one such word. */
async function findHeader(
  records: AsyncIterable<readonly string[]>,
  firstRow: number,
): Promise<HeaderRow> {
  let first: HeaderRow | undefined;
  let row = 0;
  for await (const names of records) {
    row += 1;
    if (row < firstRow) continue;
    first ??= { row, names };
    if (countKnown(names) >= (row === firstRow ? 1 : 2)) return { row, names };
    if (row === firstRow + maxRowsAboveHeader) break;
  }
  if (first === undefined) throw wrongBatch('The body is empty.', '$', 'missing');
  return first;
}

interface Sheet {
  readonly header: CsvHeader;
  readonly defaults: InputObject;
  readonly headerRow: number;
}

async function* readRows(
  records: AsyncIterable<readonly string[]>,
  sheet: Sheet,
): AsyncGenerator<InputRow> {
  let row = 0;
  for await (const cells of records) {
    row += 1;
    if (row <= sheet.headerRow || cells.every((cell) => cell.trim() === '')) continue;
    yield readRow(row, cells, sheet);
  }
}

function readRow(row: number, cells: readonly string[], { header, defaults }: Sheet): InputRow {
  const input = withDefaults(toInput(header, cells), defaults);
  const surplus = cells.slice(header.names.length).filter((cell) => cell.trim() !== '');
  if (surplus.length === 0) return { row, input, cells: cells.slice(0, header.names.length) };
  const message = `The row has ${cells.length} cells, but the header has only ${header.names.length}. Check for a delimiter inside unquoted text.`;
  return { row, input, cells, problems: [{ code: 'tooMany', target: '$', message }] };
}
