import type { Change } from '../variants/app-variant';

/** A change to a source file below `src` that removes one safeguard, and the test that must notice it. */
export interface Safeguard extends Change {
  /** Below `test`. */
  readonly test: string;
  /** Part of its name. */
  readonly name: string;
}

/** Safeguards by name. */
export type Safeguards = Readonly<Record<string, Safeguard>>;
