import type { OpenedFile } from './opened-file';
import { Workbook } from '../../../src/workbook/read/workbook';
import type { SheetRow } from '../../../src/workbook/read/sheet-rows';

/** Opens an Excel workbook, with its name and the fingerprint of its content. @throws WorkbookError */
export function openWorkbook(name: string, bytes: Uint8Array, fingerprint: string): OpenedFile {
  const workbook = new Workbook(bytes);
  const read = new Map<string, readonly SheetRow[]>();
  return {
    name,
    workbook: bytes,
    fingerprint,
    sheets: workbook.sheets,
    rowsOf(wanted) {
      const sheet = workbook.sheets.find((each) => each.name === wanted);
      if (sheet === undefined) return [];
      const rows = read.get(wanted) ?? [...workbook.rows(sheet)];
      read.set(wanted, rows);
      return rows;
    },
  };
}
