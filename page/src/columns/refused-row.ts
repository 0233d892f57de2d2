/** One thing that is wrong with a row. */
export interface Problem {
  readonly code: string;
  /** A JSON path. */
  readonly target: string;
  readonly message: string;
}

/** A row that would be refused; `row` as in the file, from 1. */
export interface RefusedRow {
  readonly row: number;
  readonly problems: readonly Problem[];
}
