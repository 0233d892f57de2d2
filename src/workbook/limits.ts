/** Limits of a workbook. Each is far above a sheet of meetings, and far below what would exhaust a small instance. */
export interface WorkbookLimits {
  /** Size of the file, in bytes. */
  readonly maxFileBytes: number;
  /** Files in the zip archive. */
  readonly maxEntries: number;
  /** Size of one inflated part, in bytes. */
  readonly maxPartBytes: number;
  /** Size of all inflated parts, in bytes. */
  readonly maxBytes: number;
  /** Maximum compression ratio of a part of more than `minRatioBytes`. Sheets of Excel have 5 to 30. */
  readonly maxRatio: number;
  readonly minRatioBytes: number;
  readonly maxSharedStrings: number;
  /** Non-empty cells of one sheet. */
  readonly maxCells: number;
  readonly maxMerges: number;
  /** Non-empty rows of one sheet. */
  readonly maxRows: number;
}

/** The limits for files from callers. The app lowers `maxBytes` if it has little memory left. */
export const workbookLimits: WorkbookLimits = {
  maxFileBytes: 32 * 1024 * 1024,
  maxEntries: 2_000,
  maxPartBytes: 64 * 1024 * 1024,
  maxBytes: 128 * 1024 * 1024,
  maxRatio: 200,
  minRatioBytes: 4 * 1024 * 1024,
  maxSharedStrings: 500_000,
  maxCells: 1_000_000,
  maxRows: 100_000,
  maxMerges: 20_000,
};
