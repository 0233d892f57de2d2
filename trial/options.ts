import type { Change } from './variants/app-variant';
import type { Frequency } from './trouble/trouble';
import type { Verdict } from './verdict/verdict';

export interface TrialOptions {
  readonly requests: number;
  readonly seed: number;
  readonly hosts: number;
  readonly kills: Frequency;
  readonly storageRestarts: Frequency;
  /** How often somebody leaves the pool of organizers, and somebody else comes back. */
  readonly poolChanges: Frequency;
  /** On an idle machine. */
  readonly graphTimeoutSeconds: number;
  /** How long a message is hidden while an instance works on it, on an idle machine. */
  readonly leaseSeconds: number;
  /** The longest time that somebody thinks before he does something, in milliseconds. */
  readonly maxPauseMs: number;
  /** Probability that a call to storage is lost, and that its answer is. */
  readonly storageFaults: number;
  /** A request that is put back waits for up to ten minutes: so long may nothing happen, and all be well. */
  readonly maxStillSeconds: number;
  /** Time limit of the trial, without its clean-up. */
  readonly limitSeconds: number;
  /** Changes to the app as it was built. */
  readonly changes: readonly Change[];
  readonly onProgress?: (progress: Progress) => void;
  /** The trial itself could not go on as planned. */
  readonly onFailure?: (message: string) => void;
}

export interface Progress {
  readonly seconds: number;
  /** Requests and changes. */
  readonly sent: number;
  readonly total: number;
  readonly withResult: number;
  readonly meetings: number;
  readonly kills: number;
}

export interface TrialReport extends Verdict {
  readonly requests: number;
  readonly changes: number;
  readonly sendings: number;
  readonly resultMessages: number;
  readonly poisonLeft: number;
  readonly messagesLeft: number;
  /** Rows and blobs that the clean-up left, and meetings and results that came meanwhile. */
  readonly leftByCleanUp: number;
  readonly madeByCleanUp: number;
  readonly batches: number;
  readonly cancelledBatches: number;
  readonly undoneBatches: number;
  readonly retriedRequests: number;
  /** Requests that name a pool, by the organizer who was chosen. */
  readonly chosenOrganizers: Readonly<Record<string, number>>;
  readonly poolChanges: number;
  readonly kills: number;
  readonly storageRestarts: number;
  readonly timerRuns: number;
  readonly graphFaults: Readonly<Record<string, number>>;
  readonly storageFaults: Readonly<Record<string, number>>;
  /** Messages that storage took, by queue. */
  readonly messages: Readonly<Record<string, number>>;
  /** The slowest call to storage, in milliseconds. */
  readonly slowestCallMs: number;
  readonly seconds: number;
}
