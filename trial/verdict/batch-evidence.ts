import type { Batch } from '../../src/batches/batch';
import type { BatchCompleted } from '../../src/batches/ports';
import type { LedgerEntry } from '../../src/meetings/ledger';
import type { CollectedResult } from '../results/result-collector';
import type { SentBatch } from '../sending/endpoints';

/** Everything that is known about the batches of a trial. */
export interface BatchEvidence {
  readonly sent: readonly SentBatch[];
  readonly stored: ReadonlyMap<string, Batch>;
  readonly active: readonly string[];
  readonly results: readonly CollectedResult[];
  readonly completions: readonly BatchCompleted[];
  /** Batches that were announced as complete before each row had a result. */
  readonly tooEarly: ReadonlySet<string>;
  readonly cancelled: ReadonlyMap<string, boolean>;
  /** Batches whose meetings a person asked to cancel, and whether that was accepted. */
  readonly undone: ReadonlyMap<string, boolean>;
  /** Requests that a person retried: their rows may have results other than those counted. */
  readonly retried: ReadonlyMap<string, unknown>;
  readonly state: { readonly requests: ReadonlyMap<string, LedgerEntry> };
}

/** One batch, and all results of its rows. */
export interface JudgedBatch extends SentBatch {
  readonly rows: readonly (readonly CollectedResult[])[];
  readonly completions: readonly BatchCompleted[];
}
