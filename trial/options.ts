import type { Change } from './variants/app-variant';
import type { Frequency } from './trouble/trouble';
import type { Verdict } from './verdict/verdict';

/** How large a trial is, and what goes wrong in it. */
export interface TrialOptions {
  readonly requests: number;
  readonly seed: number;
  readonly hosts: number;
  readonly kills: Frequency;
  readonly storageRestarts: Frequency;
  /** How often a member leaves the organizer pool and another returns. */
  readonly poolChanges: Frequency;
  /** On an idle machine. */
  readonly graphTimeoutSeconds: number;
  /** Visibility timeout of a message, in seconds, on an idle machine. */
  readonly leaseSeconds: number;
  /** Maximum delay before a person acts, in milliseconds. */
  readonly maxPauseMs: number;
  /** Probability of losing a call to storage, and of losing its response. */
  readonly storageFaults: number;
  /** Maximum time without progress. Requests that are queued again wait up to ten minutes, so that is normal. */
  readonly maxStillSeconds: number;
  /** Time limit of the trial, without its clean-up. */
  readonly limitSeconds: number;
  /** Changes to the built app. */
  readonly changes: readonly Change[];
  readonly onProgress?: (progress: Progress) => void;
  /** Called if the trial itself fails. */
  readonly onFailure?: (message: string) => void;
}

/** The state of a running trial. */
export interface Progress {
  readonly seconds: number;
  /** Number of requests and changes. */
  readonly sent: number;
  readonly total: number;
  readonly withResult: number;
  readonly meetings: number;
  readonly kills: number;
}

/** What has happened in a trial, and what was wrong. */
export interface TrialReport extends Verdict {
  readonly requests: number;
  readonly changes: number;
  readonly sendings: number;
  readonly resultMessages: number;
  readonly poisonLeft: number;
  readonly messagesLeft: number;
  /** Rows and blobs left by the clean-up, and meetings and results made during it. */
  readonly leftByCleanUp: number;
  readonly madeByCleanUp: number;
  readonly batches: number;
  readonly cancelledBatches: number;
  readonly undoneBatches: number;
  readonly retriedRequests: number;
  /** Requests that name a pool, by chosen organizer. */
  readonly chosenOrganizers: Readonly<Record<string, number>>;
  readonly poolChanges: number;
  readonly kills: number;
  readonly storageRestarts: number;
  readonly timerRuns: number;
  readonly graphFaults: Readonly<Record<string, number>>;
  readonly storageFaults: Readonly<Record<string, number>>;
  /** Messages that storage accepted, by queue. */
  readonly messages: Readonly<Record<string, number>>;
  /** The slowest call to storage, in milliseconds. */
  readonly slowestCallMs: number;
  readonly seconds: number;
}
