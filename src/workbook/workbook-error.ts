/** `unreadable`: not a readable workbook. `tooLarge`: a limit is exceeded. `notFound`: no such sheet, or no header row. */
export type WorkbookErrorKind = 'unreadable' | 'tooLarge' | 'notFound';

/** The only error that the code for workbooks throws: the problem, its place, and the remedy. */
export class WorkbookError extends Error {
  override readonly name = 'WorkbookError';

  readonly kind: WorkbookErrorKind;
  /** The next step for the reader of the message. */
  readonly remedy: string;

  constructor(kind: WorkbookErrorKind, message: string, remedy: string) {
    super(message);
    this.kind = kind;
    this.remedy = remedy;
  }
}

const saveAgain =
  'Open the workbook in Excel or LibreOffice, save it as .xlsx, and send that file.';

/** The file breaks the rules of its format. */
export const damaged = (what: string): WorkbookError =>
  new WorkbookError('unreadable', `The workbook is damaged: ${what}.`, saveAgain);

/** The file is of another kind than .xlsx. */
export const otherFormat = (what: string, remedy = saveAgain): WorkbookError =>
  new WorkbookError('unreadable', `This is ${what}, not an .xlsx workbook.`, remedy);

/** The workbook exceeds a limit. */
export const tooLarge = (what: string): WorkbookError =>
  new WorkbookError(
    'tooLarge',
    `The workbook is too large: ${what}.`,
    'Delete the sheets, rows and pictures that are not needed, or save the sheet as CSV UTF-8, which can be larger.',
  );
