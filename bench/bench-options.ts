/** What every row is told. */
export interface BenchOptions {
  /** The folder that is deployed. */
  readonly appFolder: string;
  /** Fewer rounds: to see whether a change works, not to compare. */
  readonly quick: boolean;
}
