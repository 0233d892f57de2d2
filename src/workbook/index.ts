export { addColumns, type TakeTurn } from './add-columns';
export type { AddedCell, AddedColumn, AddedColumns } from './added-columns';
export { workbookLimits, type WorkbookLimits } from './limits';
export { newWorkbook, type NewCell, type NewColumn, type NewSheet } from './new-workbook';
export { isCellName, nameOfCell, toLetters, type CellRange } from './reference';
export { fromSerial } from './serial';
export type { Cell, CellKind, SheetRow } from './sheet-rows';
export { Workbook, type Extension, type Sheet } from './workbook';
export { WorkbookError, type WorkbookErrorKind } from './workbook-error';
