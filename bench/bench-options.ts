/** Options of every row. */
export interface BenchOptions {
  /** The folder that is deployed. */
  readonly appFolder: string;
  /** Fewer and shorter rounds: to see whether a change works, not to compare. */
  readonly quick: boolean;
  /** Rows measure the curves of their plot too. */
  readonly plot: boolean;
  /** Results of rows for the rows after them. */
  readonly found: Found;
}

/** What rows have measured; absent until its row has run. */
interface Found {
  /** Meetings a second of one instance through the queue, with Graph at 500 ms. */
  queueRate?: number;
  /** How long one HTTP call takes with Graph at 500 ms, in milliseconds. */
  httpMs?: number;
  /** Storage operations of one meeting, without the host's own. */
  operations?: Readonly<Record<'http' | 'queue' | 'batch', Operations>>;
}

/** Calls to each service of storage. */
export interface Operations {
  readonly table: number;
  readonly queue: number;
  readonly blob: number;
}
