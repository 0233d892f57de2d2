import type { AddedCell, NewColumn } from '../../workbook';
import type { Batch, CsvForm, StoredWorkbook } from '../batch';
import type { Workbooks } from '../ports';
import { readResults, type Page, type ResultDependencies } from './batch-results';
import { csvColumns, workbookColumns, type Column } from './results-csv';

export interface WorkbookDependencies extends ResultDependencies {
  readonly workbooks: Workbooks;
}

/** In characters. */
const defaultWidth = 18;
const widths = new Map([
  ['joinWebUrl', 40],
  ['status', 10],
  ['preview', 10],
  ['previewWarnings', 50],
  ['errorMessage', 50],
  ['remedy', 50],
  ['subject', 30],
  ['organizer', 26],
]);

const toNewColumn = ([name]: Column): NewColumn => ({
  name,
  width: widths.get(name) ?? defaultWidth,
  form: 'text',
});

/** Results as a workbook of their own: the columns of the CSV form. */
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

/** The workbook as its caller sent it, with the results beside its rows. */
export async function filledWorkbook(
  batch: Batch & { readonly workbook: StoredWorkbook; readonly csv: CsvForm },
  deps: WorkbookDependencies,
): Promise<Uint8Array> {
  const { workbook, total } = batch;
  const bytes = await deps.rows.readWorkbook(workbook.blob);
  const columns = workbookColumns(batch);
  const rows = new Map<number, readonly AddedCell[]>();
  for await (const row of readResults(batch, { skip: 0, top: total }, deps))
    rows.set(
      row.line.row,
      columns.map(([name, value]) => ({ text: value(row), isLink: name === 'joinWebUrl' })),
    );
  return deps.workbooks.addColumns(bytes, {
    sheet: workbook.name,
    headerRow: workbook.headerRow,
    columns: columns.map(toNewColumn),
    rows,
  });
}
