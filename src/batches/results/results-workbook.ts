import { isRecord } from '../../requests/readers/scalar';
import { dateOrders } from '../../requests/time/written-date';
import type { AddedCell, AddedColumns, CorrectedCell, NewColumn } from '../../workbook';
import type { Batch, CsvForm, StoredWorkbook } from '../batch';
import type { Workbooks } from '../ports';
import type { RowLine } from '../row-line';
import { readResults, type Page, type ResultDependencies, type ResultRow } from './batch-results';
import { toCorrectedCell } from './corrected-cell';
import type { Column } from './result-columns';
import { csvColumns, noteColumns, workbookColumns } from './results-csv';
import { columnToFill, idForEmptyCell } from './row-ids';

export interface WorkbookDependencies extends ResultDependencies {
  readonly workbooks: Workbooks;
}

/** Width of a column, in characters. */
const defaultWidth = 18;
const widths = new Map([
  ['joinWebUrl', 40],
  ['status', 10],
  ['preview', 10],
  ['previewWarnings', 50],
  ['errorMessage', 50],
  ['remedy', 50],
  ['correctedCells', 50],
  ['subject', 30],
  ['organizer', 26],
]);

const toNewColumn = ([name]: Column): NewColumn => ({
  name,
  width: widths.get(name) ?? defaultWidth,
  form: 'text',
});

/** Results as a new workbook, with the columns of the CSV format. */
export async function newResultsWorkbook(
  batch: Batch,
  page: Page,
  deps: WorkbookDependencies,
): Promise<Uint8Array> {
  const columns = csvColumns(batch);
  const rows: string[][] = [];
  for await (const row of readResults(batch, page, deps))
    rows.push(columns.map(([, value]) => value(row)));
  return deps.workbooks.create({ name: 'Results', columns: columns.map(toNewColumn), rows });
}

/** The caller's workbook with the results beside its rows and with the corrected cells. */
export async function filledWorkbook(
  batch: Batch & { readonly workbook: StoredWorkbook; readonly csv: CsvForm },
  deps: WorkbookDependencies,
): Promise<Uint8Array> {
  const { workbook, total } = batch;
  const bytes = await deps.rows.readWorkbook(workbook.blob);
  const place = { sheet: workbook.name, headerRow: workbook.headerRow };
  const results = columnsWithRows(workbookColumns(batch));
  const notes = columnsWithRows(noteColumns(batch));
  const filled = columnToFill(batch);
  const corrections = new Map<number, ReadonlyMap<number, CorrectedCell>>();
  for await (const row of readResults(batch, { skip: 0, top: total }, deps)) {
    results.add(row);
    if (row.line.corrections !== undefined) notes.add(row);
    const cells = changedCellsOf(row.line, filled);
    if (cells.size > 0) corrections.set(row.line.row, cells);
  }
  const withResults = await deps.workbooks.addColumns(bytes, { ...place, ...results, corrections });
  // Placed separately, so that the other columns stay in place when the sheet is sent again.
  return notes.columns.length === 0
    ? withResults
    : deps.workbooks.addColumns(withResults, { ...place, ...notes });
}

function columnsWithRows(columns: readonly Column[]): Pick<AddedColumns, 'columns' | 'rows'> & {
  readonly add: (row: ResultRow) => void;
} {
  const rows = new Map<number, readonly AddedCell[]>();
  return {
    columns: columns.map(toNewColumn),
    rows,
    add: (row) =>
      rows.set(
        row.line.row,
        columns.map(([name, value]) => ({ text: value(row), isLink: name === 'joinWebUrl' })),
      ),
  };
}

/** The cells of a row that a person has corrected, and the id of the row if its cell in the column to fill is empty. */
function changedCellsOf(
  line: RowLine,
  filled: number | undefined,
): ReadonlyMap<number, CorrectedCell> {
  const { input, corrections = [] } = line;
  const order = isRecord(input)
    ? dateOrders.find((each) => each === input['dateOrder'])
    : undefined;
  const cells = new Map(corrections.map(({ column, to }) => [column, toCorrectedCell(to, order)]));
  const id = filled === undefined ? undefined : idForEmptyCell(line, filled);
  if (filled !== undefined && id !== undefined)
    cells.set(filled, { text: id, replacesFormula: true });
  return cells;
}
