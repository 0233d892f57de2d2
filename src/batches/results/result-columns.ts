import { joinDetailsOf, type JoinDetails } from '../../results/join-information';
import type { PropertyChange } from '../../results/meeting-result';
import { isPreview, type Batch, type CsvForm } from '../batch';
import type { ResultRow } from './batch-results';

/** A column of results, and how to get its cell. */
export type Column = readonly [name: string, value: (row: ResultRow) => string];

/** A value of a result as a cell; empty if it is no text. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const joinDetail =
  (name: keyof JoinDetails): Column[1] =>
  ({ result }) =>
    joinDetailsOf(result?.meeting)[name];

/** The columns that Convoke adds to each row. */
const resultColumns: readonly Column[] = [
  ['status', ({ result }) => result?.status ?? 'pending'],
  ['joinWebUrl', ({ result }) => textOf(result?.meeting?.joinWebUrl)],
  ['meetingId', ({ result }) => textOf(result?.meeting?.id)],
  ['notApplied', ({ result }) => result?.notApplied.join('; ') ?? ''],
  ['errorCode', ({ result }) => textOf(result?.error?.code)],
  ['errorMessage', ({ result }) => textOf(result?.error?.message)],
  ['remedy', ({ result }) => textOf(result?.error?.remedy)],
  ['joinMeetingId', joinDetail('joinMeetingId')],
  ['joinPasscode', joinDetail('passcode')],
  ['joinDialIn', joinDetail('dialIn')],
  ['meetingOptionsWebUrl', joinDetail('meetingOptionsWebUrl')],
  ['expiryDateTime', joinDetail('expiryDateTime')],
  ['joinText', joinDetail('joinText')],
];

/** Name of the column that `correctedCells` makes. */
export const correctedCellsName = 'correctedCells';

/** The original text of corrected cells, so that nothing is lost. */
export const correctedCells = ({ header }: Pick<CsvForm, 'header'>): Column => [
  correctedCellsName,
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

/** The columns that Convoke adds to a CSV. */
export const addedColumns = (batch: Pick<Batch, 'outcomes'>): readonly Column[] =>
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

const workbookOrder = (columns: readonly Column[]): readonly Column[] =>
  workbookColumnNames.flatMap((wanted) => columns.filter(([name]) => name === wanted));

/** The columns that Convoke adds to a workbook. */
export const addedToWorkbook = (batch: Pick<Batch, 'outcomes'>): readonly Column[] =>
  workbookOrder(addedColumns(batch));

/** The names of added columns, in each order in which they stand side by side. */
export const addedOrders: readonly (readonly string[])[] = [
  resultColumns,
  previewColumns,
  workbookOrder(resultColumns),
  workbookOrder(previewColumns),
].map((columns) => columns.map(([name]) => name));

/** Names of all added columns, in lower case. They are no misspelled properties. */
export const addedNames: ReadonlySet<string> = new Set(
  [...addedOrders.flat(), correctedCellsName].map((name) => name.toLowerCase()),
);
