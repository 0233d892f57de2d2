import type { PendingChange } from '../change';
import type { NewPending } from './decide-change';
import { withChange, without } from './requested-meeting';
import type { LedgerEntry } from '../ledger';
import type { MessageMetadata } from '../../requests/message-metadata';
import type { MeetingResult } from '../../results/meeting-result';
import { fitResult } from '../../results/result-message';
import type { MeetingError } from '../../errors/meeting-error';

/** A row with a pending change. */
export type ClaimedEntry = LedgerEntry & { readonly pending: PendingChange };

interface Claim {
  readonly metadata: MessageMetadata;
  readonly leaseUntil: number;
}

/** The row while an attempt holds a change: a new change, or an abandoned one. */
export function claimedChange(
  entry: LedgerEntry,
  next: NewPending,
  { metadata, leaseUntil }: Claim,
): ClaimedEntry {
  const { pending } = entry;
  if (pending?.key === next.key) {
    const attempts = pending.attempts + 1;
    return { ...entry, pending: { ...pending, attempts, leaseUntil, mayHaveEffect: true } };
  }
  const { acceptedDateTime, batchId, index, pass, traceparent } = metadata;
  return {
    ...(pending === undefined ? entry : inDoubt(entry, pending)),
    pending: {
      ...next,
      attempts: metadata.attempts + 1,
      leaseUntil,
      // An earlier cancel may have deleted the meeting already.
      ...(pending?.action === 'cancel' && { mayHaveEffect: true }),
      metadata: {
        acceptedDateTime,
        ...(batchId !== undefined && { batchId }),
        ...(index !== undefined && { index }),
        ...(pass !== undefined && { pass }),
        ...(traceparent !== undefined && { traceparent }),
      },
    },
  };
}

/** The row after an attempt that may be followed by another. Drops the pending change if it certainly had no effect. */
export function releasedChange(entry: ClaimedEntry, { executed }: MeetingError): LedgerEntry {
  const { pending, ...others } = entry;
  return executed === 'unknown' || pending.mayHaveEffect === true
    ? { ...others, pending: { ...pending, leaseUntil: 0, mayHaveEffect: true } }
    : others;
}

/** The meeting in Graph after a change, as far as known. */
export type AppliedMeeting = Pick<MeetingResult, 'meeting' | 'notApplied'>;

/** The row after its pending change has been made. */
export function changedEntry(
  entry: ClaimedEntry,
  { meeting, notApplied }: AppliedMeeting,
): LedgerEntry {
  const { pending, ...others } = entry;
  const { revision, properties, calendar, action } = pending;
  if (action === 'cancel') return { ...others, revision, isCancelled: true };
  const { requested, requestedCalendar, progress } = others;
  const applied = { meeting, notApplied, error: null };
  return {
    ...others,
    revision,
    ...(requested !== undefined && { requested: withChange(requested, properties) }),
    ...(requestedCalendar !== undefined && {
      requestedCalendar: { ...requestedCalendar, ...calendar },
    }),
    progress:
      progress.state === 'finished'
        ? { state: 'finished', result: fitResult({ ...progress.result, ...applied }) }
        : progress,
  };
}

/** The row after its pending change has failed: unchanged, except for properties that may have been set. */
export const failedEntry = (entry: ClaimedEntry, { executed }: MeetingError): LedgerEntry => {
  const { pending, ...others } = entry;
  return executed === 'unknown' || pending.mayHaveEffect === true
    ? inDoubt(others, pending)
    : others;
};

/** Marks these properties as unknown, so that the next upsert sets them in any case. */
const inDoubt = (
  entry: LedgerEntry,
  { properties, calendar = {} }: PendingChange,
): LedgerEntry => ({
  ...entry,
  ...(entry.requested !== undefined && {
    requested: without(entry.requested, Object.keys(properties)),
  }),
  ...(entry.requestedCalendar !== undefined && {
    requestedCalendar: without(entry.requestedCalendar, Object.keys(calendar)),
  }),
});
