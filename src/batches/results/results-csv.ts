import { isRecord } from '../../requests/readers/scalar';
import { joinDetailsOf, type JoinDetails } from '../../results/join-information';
import type { PropertyChange } from '../../results/meeting-result';
import { isPreview, type Batch, type CsvForm } from '../batch';
import type { ResultRow } from './batch-results';

/**
 * Text that a spreadsheet program may take for a formula: https://owasp.org/www-community/attacks/CSV_Injection. Some
 * programs ignore leading spaces, and East Asian ones accept full-width characters.
 */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** A cell with the apostrophe that marks it as text. Spreadsheet programs write it, and so does `toCell`. */
const guarded = /^'(?=\s*[=+\-@＝＋－＠]|[\t\r\n])/;

/** The cell without that apostrophe, so that a sheet of results can be sent again unchanged. */
export const fromCell = (text: string): string => text.replace(guarded, '');

/** One cell: harmless in a spreadsheet, and quoted where RFC 4180 requires it. */
export function toCell(text: string, delimiter: string): string {
  const harmless = formula.test(text) ? `'${text}` : text;
  return /["\r\n]/.test(harmless) || harmless.includes(delimiter)
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}

/** One CSV record, with its line end. */
export const toRecord = (cells: readonly string[], delimiter: string): string =>
  `${cells.map((cell) => toCell(cell, delimiter)).join(delimiter)}\r\n`;

/** A column of results, and how to get its cell. */
export type Column = readonly [name: string, value: (row: ResultRow) => string];

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const joinDetail =
  (name: keyof JoinDetails): Column[1] =>
  ({ result }) =>
    joinDetailsOf(result?.meeting)[name];

/** The columns that Convoke adds to each row. */
const resultColumns: readonly Column[] = [
  ['status', ({ result }) => result?.status ?? 'pending'],
  ['joinWebUrl', ({ result }) => text(result?.meeting?.joinWebUrl)],
  ['meetingId', ({ result }) => text(result?.meeting?.id)],
  ['notApplied', ({ result }) => result?.notApplied.join('; ') ?? ''],
  ['errorCode', ({ result }) => text(result?.error?.code)],
  ['errorMessage', ({ result }) => text(result?.error?.message)],
  ['remedy', ({ result }) => text(result?.error?.remedy)],
  ['joinMeetingId', joinDetail('joinMeetingId')],
  ['joinPasscode', joinDetail('passcode')],
  ['joinDialIn', joinDetail('dialIn')],
  ['meetingOptionsWebUrl', joinDetail('meetingOptionsWebUrl')],
  ['expiryDateTime', joinDetail('expiryDateTime')],
  ['joinText', joinDetail('joinText')],
];

/** The original text of corrected cells, so that nothing is lost. */
const correctedCells = ({ header }: Pick<CsvForm, 'header'>): Column => [
  'correctedCells',
  ({ line: { corrections = [] } }) =>
    corrections
      .map(({ column, from, to }) => `${header[column - 1] ?? column}: "${from}" → "${to}"`)
      .join('; '),
];

const changeText = ({ path, from, to }: PropertyChange): string =>
  `${path}: ${from ?? '(nothing)'} → ${to ?? '(nothing)'}`;

/** The columns of a preview, in place of those of a meeting. */
const previewColumns: readonly Column[] = [
  ['preview', ({ result }) => result?.preview?.outcome ?? 'pending'],
  ['previewChanges', ({ result }) => (result?.preview?.changes ?? []).map(changeText).join('; ')],
  [
    'previewWarnings',
    ({ result }) => (result?.preview?.warnings ?? []).map(({ message }) => message).join(' '),
  ],
  ...resultColumns.filter(([name]) => /^(error|remedy)/.test(name)),
];

const addedColumns = (batch: Pick<Batch, 'outcomes'>): readonly Column[] =>
  isPreview(batch) ? previewColumns : resultColumns;

/** Columns added to a workbook: fewer, because people read it. The link comes first. */
const workbookColumnNames = [
  'joinWebUrl',
  'status',
  'preview',
  'previewChanges',
  'previewWarnings',
  'errorMessage',
  'remedy',
  'notApplied',
  'joinMeetingId',
  'joinPasscode',
  'joinDialIn',
  'meetingOptionsWebUrl',
  'expiryDateTime',
  'joinText',
];

const requestId: Column = ['requestId', ({ line }) => line.requestId];

const meetingOf = ({ line, result }: ResultRow, name: string): string => {
  const asked = isRecord(line.input) ? line.input['meeting'] : undefined;
  return text(result?.meeting?.[name]) || (isRecord(asked) ? text(asked[name]) : '');
};

/** Columns that identify rows that were not submitted as CSV. */
const jsonColumns: readonly Column[] = [
  ['row', ({ line }) => String(line.row)],
  requestId,
  ['organizer', ({ line }) => (isRecord(line.input) ? text(line.input['organizer']) : '')],
  ['subject', (row) => meetingOf(row, 'subject')],
  ['startDateTime', (row) => meetingOf(row, 'startDateTime')],
  ['endDateTime', (row) => meetingOf(row, 'endDateTime')],
];

const namesOf = (columns: readonly Column[]): ReadonlySet<string> =>
  new Set(columns.map(([name]) => name.toLowerCase()));

/** Names of all columns that Convoke adds: when a sheet of results is sent again, they are not the caller's own. */
export const resultColumnNames = namesOf([
  ...resultColumns,
  ...previewColumns,
  correctedCells({ header: [] }),
]);

/** The columns of a results sheet: the caller's own as they came, then ours. */
export function csvColumns(batch: Pick<Batch, 'csv' | 'outcomes'>): readonly Column[] {
  const { csv } = batch;
  if (csv === undefined) return [...jsonColumns, ...addedColumns(batch)];
  const own = csv.header
    .map((name, place): Column => [name, ({ line }) => line.cells?.[place] ?? ''])
    .filter(([name]) => !resultColumnNames.has(name.trim().toLowerCase()));
  return [
    ...own,
    ...(hasRequestId(csv) || isPreview(batch) ? [] : [requestId]),
    ...addedColumns(batch),
    ...(csv.isCorrected === true ? [correctedCells(csv)] : []),
  ];
}

const hasRequestId = ({ header }: CsvForm): boolean =>
  header.some((name) => name.trim().toLowerCase() === 'requestid');

/**
 * The columns added to the caller's own workbook. If the sheet has no requestId, it is one of them, so that sending the
 * sheet again makes no second meetings.
 */
export function workbookColumns(
  batch: Pick<Batch, 'outcomes'> & { readonly csv: CsvForm },
): readonly Column[] {
  const added = workbookColumnNames.flatMap((wanted) =>
    addedColumns(batch).filter(([name]) => name === wanted),
  );
  return hasRequestId(batch.csv) || isPreview(batch) ? added : [...added, requestId];
}

/** The last column of a workbook with corrected cells. */
export const noteColumns = ({ csv }: { readonly csv: CsvForm }): readonly Column[] =>
  csv.isCorrected === true ? [correctedCells(csv)] : [];

/** Returns the CSV record with the names of the columns, including its line end. */
export const headerRecord = (columns: readonly Column[], delimiter: string): string =>
  toRecord(
    columns.map(([name]) => name),
    delimiter,
  );

/** Returns the CSV record of one row, including its line end. */
export const rowRecord = (columns: readonly Column[], row: ResultRow, delimiter: string): string =>
  toRecord(
    columns.map(([, value]) => value(row)),
    delimiter,
  );
