import type { ColumnTarget } from '../../../../src/requests/column-names';
import { timeTargets } from '../../../../src/batches/intake/sheet/time-columns';
import type { SentSheet } from '../../api/answers';
import { headerOf, type LoadedSheet } from '../../sheet/loaded-sheet';
import { maxRowsAbove, textsByPlace } from '../matching/headings';
import { toRequests } from './requests';

/** The sheet in the format for sending, with its workbook. */
export function toSentSheet(sheet: LoadedSheet): SentSheet {
  const { file, sheetName, headerRow, mapping } = sheet;
  const columns = (
    Object.entries(mapping.sources) as [ColumnTarget, { column?: number }][]
  ).flatMap(([target, { column }]): [string, number][] =>
    column === undefined ? [] : [[timeTargets.get(target) ?? target, column]],
  );
  return {
    fileName: file.name,
    header: headerOf(sheet),
    // If several columns form one time, the first one counts.
    columns: Object.fromEntries(columns.toReversed()),
    rows: toRequests(sheet),
    ...(file.delimiter !== undefined && {
      delimiter: file.delimiter,
      headerRow,
      above: rowsAbove(sheet),
    }),
    ...(file.workbook !== undefined && {
      sheet: { name: sheetName, headerRow },
      workbook: toBase64(file.workbook),
    }),
  };
}

/** The texts of the rows above the headings; empty for blank ones. Excel's line that names the delimiter is not one. */
function rowsAbove({ file, sheetName, headerRow }: LoadedSheet): NonNullable<SentSheet['above']> {
  const rows = file.rowsOf(sheetName).filter(({ row }) => row < headerRow);
  const cellsIn = new Map(rows.map(({ row, cells }) => [row, textsByPlace(cells)]));
  const [first = headerRow] = cellsIn.keys();
  const count = Math.min(headerRow - first, maxRowsAbove);
  return Array.from({ length: count }, (_, more) => cellsIn.get(first + more) ?? []);
}

/** Number of bytes converted at a time; a call takes a limited number of arguments. */
const stepBytes = 0x8000;

function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += stepBytes)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + stepBytes)));
  return btoa(pieces.join(''));
}
