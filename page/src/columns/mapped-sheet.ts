import type { SheetRow } from '../../../src/workbook/read/sheet-rows';
import type { Heading, Mapping } from './mapping';
import type { Corrections } from './rows/cells';

/** The part of a sheet that becomes requests, and its meaning. */
export interface MappedSheet {
  readonly headings: readonly Heading[];
  /** The rows below the headings. */
  readonly body: readonly SheetRow[];
  readonly mapping: Mapping;
  readonly corrections: Corrections;
}

/** One row of the sheet. */
export interface MappedRow extends Omit<MappedSheet, 'body'> {
  readonly row: SheetRow;
}
