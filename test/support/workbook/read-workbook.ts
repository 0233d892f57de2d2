import { strFromU8, unzipSync } from 'fflate';
import { Workbook } from '../../../src/workbook';

/** The texts of a sheet's cells, row by row; empty for missing cells. */
export function textsOf(bytes: Uint8Array, sheetName?: string): readonly (readonly string[])[] {
  const workbook = new Workbook(bytes);
  const sheet = workbook.sheets.find(({ name }) => name === (sheetName ?? name));
  if (sheet === undefined) throw new Error(`There is no sheet ${sheetName}.`);
  const rows: string[][] = [];
  for (const { row, cells } of workbook.rows(sheet))
    for (const { column, text } of cells) (rows[row - 1] ??= [])[column - 1] = text;
  return Array.from(rows, (cells) => Array.from(cells ?? [], (text) => text ?? ''));
}

/** The parts of an archive as texts. */
export const partsIn = (bytes: Uint8Array): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)]),
  );
