import { isRecord } from '../../requests/readers/scalar';
import { isPreview, type Batch, type CsvForm } from '../batch';
import type { ResultRow } from './batch-results';
import { placesOfEarlierResults } from './earlier-results';
import {
  addedColumns,
  addedToWorkbook,
  correctedCells,
  textOf,
  type Column,
} from './result-columns';
import { columnToFill, idColumnOf, idForEmptyCell, idToKeep, type SheetBatch } from './row-ids';

const meetingOf = ({ line, result }: ResultRow, name: string): string => {
  const requested = isRecord(line.input) ? line.input['meeting'] : undefined;
  return textOf(result?.meeting?.[name]) || (isRecord(requested) ? textOf(requested[name]) : '');
};

/** Columns that identify rows that were not submitted as CSV. */
const jsonColumns: readonly Column[] = [
  ['row', ({ line }) => String(line.row)],
  ['requestId', ({ line }) => line.requestId],
  ['organizer', ({ line }) => (isRecord(line.input) ? textOf(line.input['organizer']) : '')],
  ['subject', (row) => meetingOf(row, 'subject')],
  ['startDateTime', (row) => meetingOf(row, 'startDateTime')],
  ['endDateTime', (row) => meetingOf(row, 'endDateTime')],
];

/** The columns of a results sheet: the caller's own as they came, then ours. */
export function csvColumns(batch: Pick<Batch, 'csv' | 'outcomes'>): readonly Column[] {
  const { csv } = batch;
  if (csv === undefined) return [...jsonColumns, ...addedColumns(batch)];
  const sheet = { ...batch, csv };
  return [...ownColumns(sheet), ...addedId(sheet), ...addedColumns(batch), ...noteColumns(sheet)];
}

/** The columns of the caller's sheet, without those of an earlier result. */
function ownColumns(batch: SheetBatch): readonly Column[] {
  const earlier = placesOfEarlierResults(batch.csv.header);
  const filled = columnToFill(batch);
  return batch.csv.header
    .map((name, place): Column => {
      const isFilled = place + 1 === filled;
      return [
        name,
        ({ line }) =>
          (isFilled ? idForEmptyCell(line, filled) : undefined) ?? line.cells?.[place] ?? '',
      ];
    })
    .filter((_, place) => !earlier.has(place));
}

/** A sheet without a column of ids gets one, so that sending it again makes no second meetings. */
const addedId = (batch: SheetBatch): readonly Column[] =>
  isPreview(batch) || idColumnOf(batch.csv) !== undefined
    ? []
    : [['requestId', ({ line }) => idToKeep(line) ?? '']];

/** The columns added to the caller's own workbook. */
export const workbookColumns = (batch: SheetBatch): readonly Column[] => [
  ...addedToWorkbook(batch),
  ...addedId(batch),
];

/** The last column of a workbook with corrected cells. */
export const noteColumns = ({ csv }: { readonly csv: CsvForm }): readonly Column[] =>
  csv.isCorrected === true ? [correctedCells(csv)] : [];
