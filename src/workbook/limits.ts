/** What a workbook may have. Each is far above a sheet of meetings, and far below what would exhaust a small instance. */
export interface WorkbookLimits {
  /** Of the file, in bytes. */
  readonly maxFileBytes: number;
  /** Files in the zip archive. */
  readonly maxEntries: number;
  /** Of one part, inflated, in bytes. */
  readonly maxPartBytes: number;
  /** Of all parts that are read, inflated, in bytes. */
  readonly maxBytes: number;
  /** How many times its compressed size a part of more than `minRatioBytes` may have. Sheets of Excel have 5 to 30. */
  readonly maxRatio: number;
  readonly minRatioBytes: number;
  readonly maxSharedStrings: number;
  /** Cells of one sheet that hold something. */
  readonly maxCells: number;
  readonly maxMerges: number;
  /** Rows of one sheet that hold something. */
  readonly maxRows: number;
}

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
