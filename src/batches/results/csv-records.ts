import type { Batch } from '../batch';
import { readResults, type Page, type ResultDependencies } from './batch-results';
import { toRecord } from './csv-cell';
import { csvColumns } from './results-csv';

/** Maximum number of blank rows that are returned between two rows: a sheet may have millions. */
const maxBlankRows = 100;

const blankRow = '\r\n';

/**
 * The results as CSV: the rows above the header, the header, and the rows with the blank ones between them. A later page
 * begins with the header alone.
 */
export async function* csvRecords(
  batch: Batch,
  page: Page,
  { delimiter, ...deps }: ResultDependencies & { readonly delimiter: string },
): AsyncGenerator<string> {
  const { above = [], headerRow } = batch.csv ?? {};
  const columns = csvColumns(batch);
  const names = columns.map(([name]) => name);
  for (const cells of page.skip === 0 ? [...above, names] : [names])
    yield toRecord(cells, delimiter);
  let last = page.skip === 0 ? headerRow : undefined;
  for await (const row of readResults(batch, page, deps)) {
    if (last !== undefined) yield blankRow.repeat(blankRowsBetween(last, row.line.row));
    last = headerRow === undefined ? undefined : row.line.row;
    const cells = columns.map(([, value]) => value(row));
    yield toRecord(cells, delimiter);
  }
}

const blankRowsBetween = (row: number, next: number): number =>
  Math.min(maxBlankRows, Math.max(0, next - row - 1));
