import type { SheetRow } from '../../../src/workbook/read/sheet-rows';

/** A sheet of a workbook. A text file has one sheet. */
interface SheetName {
  readonly name: string;
  readonly isHidden: boolean;
}

/** A file that was chosen, dropped or pasted, read in the browser. */
export interface OpenedFile {
  readonly name: string;
  /** For CSV. */
  readonly delimiter?: string;
  /** For a workbook: the file itself, which is sent with its rows and returned with links. */
  readonly workbook?: Uint8Array;
  readonly sheets: readonly SheetName[];
  /** SHA-256 of the content, in hexadecimal: the same file is the same list of meetings. */
  readonly fingerprint: string;
  readonly rowsOf: (sheet: string) => readonly SheetRow[];
}

/** The error of a file without content. */
export class EmptyFile extends Error {}

/** The error of a text file with a quotation mark that is not closed, or not at the end of its cell. */
export class OpenQuote extends Error {
  /** From 1. */
  readonly row: number;

  constructor(row: number) {
    super(`Row ${row} has a quotation mark that is not closed.`);
    this.row = row;
  }
}

/** The error of a page whose parts are no longer served, for example since a new version was deployed. */
export class MissingPart extends Error {}
