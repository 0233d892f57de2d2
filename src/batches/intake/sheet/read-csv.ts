import { wrongBatch, type BatchBody, type InputRow } from '../body';
import { columnOf, countKnown, readHeader, toForm, toInput, type CsvHeader } from './csv-header';
import { withDefaults, type InputObject } from '../defaults';
import type { CsvReader } from '../../ports';
import { possibleDelimiters } from './delimiters';
import { headerPlace } from './header-place';
import { rowsAbove } from './rows-above';

/** Number of bytes in which the first row ends. */
const maxFirstLineLength = 64 * 1024;
/** Maximum number of rows with titles and notes above the header. */
const maxRowsAboveHeader = 20;

/**
 * A batch as CSV (RFC 4180). Its header is found by its known column names, see `headerPlace`; else it is the first row.
 * @throws MeetingError `invalidRequest` if it is not CSV or its header is wrong; also while its rows are read.
 */
export async function openCsv(
  bytes: Uint8Array,
  defaults: InputObject,
  readRecords: CsvReader,
): Promise<BatchBody> {
  const { delimiter, row: headerRow, above, names } = await findTable(bytes, readRecords);
  const header = readHeader(names);
  return {
    csv: { ...toForm(header, delimiter), headerRow, ...rowsAbove(above) },
    unusedColumns: header.unused,
    rows: () => readRows(readRecords(bytes, delimiter), { header, defaults, headerRow }),
    nameOf: (target) => columnOf(header, target),
  };
}

interface HeaderRow {
  readonly row: number;
  /** The rows above it. */
  readonly above: readonly (readonly string[])[];
  readonly names: readonly string[];
}

/**
 * Finds the delimiter and the header. A title above the header may have no delimiter, or another: the delimiter counts
 * that gives a header of several known names, else the one that is most frequent in the first row.
 */
async function findTable(
  bytes: Uint8Array,
  readRecords: CsvReader,
): Promise<HeaderRow & { readonly delimiter: string }> {
  const head = Buffer.from(bytes.subarray(0, maxFirstLineLength)).toString('utf8');
  const { candidates, firstRow } = possibleDelimiters(head);
  for (const delimiter of candidates) {
    // With a wrong delimiter, a quotation mark may seem to be open.
    const found = await findHeader(readRecords(bytes, delimiter), firstRow).catch(() => undefined);
    if (found !== undefined && countKnown(found.names) > 1) return { ...found, delimiter };
  }
  const [delimiter] = candidates;
  return { ...(await findHeader(readRecords(bytes, delimiter), firstRow)), delimiter };
}

/** The row found by its known column names, else the first row. A title above the header may be one such word. */
async function findHeader(
  records: AsyncIterable<readonly string[]>,
  firstRow: number,
): Promise<HeaderRow> {
  const rows: (readonly string[])[] = [];
  const known: number[] = [];
  let row = 0;
  for await (const names of records) {
    row += 1;
    if (row < firstRow) continue;
    rows.push(names);
    known.push(countKnown(names));
    const isAboveHeader = (known.at(-2) ?? 0) < 2;
    if (!isAboveHeader || rows.length > maxRowsAboveHeader) break;
  }
  const place = headerPlace(known) ?? 0;
  const names = rows[place];
  if (names === undefined) throw wrongBatch('The body is empty.', '$', 'missing');
  return { row: firstRow + place, above: rows.slice(0, place), names };
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
