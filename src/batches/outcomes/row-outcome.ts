import type { MeetingStatus, PreviewOutcome } from '../../results/meeting-result';
import type { Pass } from '../batch';

/** How one row ended. */
export interface RowOutcome {
  readonly index: number;
  readonly requestId: string;
  readonly status: MeetingStatus;
  /** Of its error, if it has one. */
  readonly code?: string;
  readonly message?: string;
  /** Of a row that was only previewed. */
  readonly outcome?: PreviewOutcome;
  /** The pass that has reopened the row last, if one has. */
  readonly pass?: number;
  readonly reopenedBy?: Pass['kind'];
  /** The row has another result to come: this one does not count. */
  readonly isAwaited?: true;
}

/** An undo has tried to cancel the meeting of this row, and could not. */
export const isNotUndone = ({ reopenedBy, status }: RowOutcome): boolean =>
  reopenedBy === 'undo' && status !== 'cancelled';

/** Whether the result of the row counts: no retry or undo under way will replace it. */
export const hasEndedRow = ({ isAwaited }: RowOutcome): boolean => isAwaited !== true;

/** The rows whose result counts, by chunk from 0. */
export type Outcomes = ReadonlyMap<number, readonly RowOutcome[]>;
