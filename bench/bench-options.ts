/** What every row is told. */
export interface BenchOptions {
  /** The folder that is deployed. */
  readonly appFolder: string;
  /** Fewer and shorter rounds: to see whether a change works, not to compare. */
  readonly quick: boolean;
  /** What rows have found out for those after them. */
  readonly found: Found;
}

export interface Found {
  /** Meetings a second of one instance through the queue, with Graph at 500 ms. */
  queueRate?: number;
  /** How long one HTTP call takes with Graph at 500 ms, in milliseconds. */
  httpMs?: number;
  /** Storage operations of one meeting, the host's own left out. */
  operations?: Readonly<Record<'http' | 'queue' | 'batch', Operations>>;
}

export interface Operations {
  readonly table: number;
  readonly queue: number;
  readonly blob: number;
}
