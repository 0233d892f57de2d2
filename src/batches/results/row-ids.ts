import { isCreate, requestIdOf } from '../../requests/parse/parse-meeting-request';
import { isAbsent } from '../../requests/readers/scalar';
import { isPreview, type Batch, type CsvForm } from '../batch';
import type { RowLine } from '../row-line';

/** A batch that came from a sheet. */
export type SheetBatch = Pick<Batch, 'outcomes'> & { readonly csv: CsvForm };

/** The column, from 1, with the ids of the rows; undefined if the sheet has none. */
export function idColumnOf({ idColumn, header }: CsvForm): number | undefined {
  if (idColumn !== undefined) return idColumn;
  // A batch of an earlier version knows it only by its name.
  const place = header.findIndex((name) => name.trim().toLowerCase() === 'requestid');
  return place === -1 ? undefined : place + 1;
}

/**
 * The column, from 1, in which empty cells get the id under which their row was sent: otherwise the row would be
 * another request when the sheet is sent again. Undefined for a preview, which sends nothing.
 */
export const columnToFill = (batch: SheetBatch): number | undefined =>
  isPreview(batch) ? undefined : idColumnOf(batch.csv);

/**
 * The id under which the row can be sent again. None for a change without its own id: the row is refused until a person
 * adds the id of its meeting. With another id, the next send would be about another request.
 */
export const idToKeep = ({ input, requestId }: RowLine): string | undefined =>
  isCreate(input) || requestIdOf(input) !== undefined ? requestId : undefined;

/** The id for the cell of a row in this column; undefined if the cell is filled, or the row has none to keep. */
export const idForEmptyCell = (line: RowLine, column: number): string | undefined =>
  isAbsent(line.cells?.[column - 1]) ? idToKeep(line) : undefined;
