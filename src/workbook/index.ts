export { addColumns, type TakeTurn } from './write/add-columns';
export type { AddedCell, AddedColumn, AddedColumns } from './write/added-columns';
export { workbookLimits, type WorkbookLimits } from './limits';
export { newWorkbook, type NewCell, type NewColumn, type NewSheet } from './write/new-workbook';
export { isCellName, nameOfCell, toLetters, type CellRange } from './reference';
export { fromSerial } from './read/serial';
export type { Cell, CellKind, SheetRow } from './read/sheet-rows';
export { Workbook, type Extension, type Sheet } from './read/workbook';
export { WorkbookError, type WorkbookErrorKind } from './workbook-error';
