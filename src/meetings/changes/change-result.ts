import type { Change } from '../change';
import { changedEntry, failedEntry, type AppliedMeeting, type ClaimedEntry } from './change-row';
import type { LedgerEntry } from '../ledger';
import type { EndedChange } from '../request-ledger';
import { toErrorBody, type MeetingError } from '../../errors/meeting-error';
import type { MessageMetadata } from '../../requests/message-metadata';
import { organizerOf } from '../../results/given-organizer';
import { makeResult, type ResultEnd } from '../../results/make-result';
import type { MeetingResult, ResultEvent } from '../../results/meeting-result';

/** The end of a pending change: the new row, and the record of the change. */
interface ChangeEnd {
  readonly next: LedgerEntry;
  readonly ended: EndedChange;
}

/** The end of a pending change that was made in Graph. */
export function madeChange(
  entry: ClaimedEntry,
  { status, applied, now }: { status: MeetingResult['status']; applied: AppliedMeeting; now: Date },
): ChangeEnd {
  const { meeting, notApplied } = applied;
  return endOfPending(entry, changedEntry(entry, applied), { status, meeting, notApplied, now });
}

/** The end of a pending change that could not be made. The meeting stays. */
export function failedChange(entry: ClaimedEntry, error: MeetingError, now: Date): ChangeEnd {
  const { meeting, notApplied } = meetingOf(entry);
  const end = { status: 'failed', meeting, notApplied, error: toErrorBody(error), now } as const;
  return endOfPending(entry, failedEntry(entry, error), end);
}

function endOfPending(
  entry: ClaimedEntry,
  next: LedgerEntry,
  { now, ...end }: Omit<ResultEnd, 'attempts' | 'completedDateTime'> & { readonly now: Date },
): ChangeEnd {
  const { key, action, revision, attempts, metadata } = entry.pending;
  const subject = { ...subjectOf(entry), revision, metadata: { ...metadata, attempts } };
  const event = end.meeting === null ? undefined : eventOf(entry);
  const result = makeResult(subject, {
    ...end,
    ...(end.meeting !== null && omittedFrom(entry)),
    ...(event !== undefined && { event }),
    attempts,
    completedDateTime: now.toISOString(),
  });
  return { next, ended: { key, action, result } };
}

const eventOf = ({ event }: LedgerEntry): ResultEvent | undefined =>
  event?.id === undefined ? undefined : { id: event.id, webLink: event.webLink ?? null };

interface Ending {
  readonly change: Change;
  readonly metadata: MessageMetadata;
  readonly now: Date;
}

/** The result of a change for which Graph was not called. */
export function uncalledResult(
  entry: LedgerEntry | undefined,
  { status, error }: { readonly status: MeetingResult['status']; readonly error?: MeetingError },
  { change, metadata, now }: Ending,
): MeetingResult {
  const { requestId, action } = change.request;
  const subject =
    entry === undefined
      ? { requestId, organizer: organizerOf(change.request, undefined) }
      : subjectOf(entry);
  const { meeting, notApplied } =
    entry === undefined || status === 'cancelled' || action === 'cancel'
      ? { meeting: null, notApplied: [] }
      : meetingOf(entry);
  const event = entry === undefined || meeting === null ? undefined : eventOf(entry);
  return makeResult(
    { ...subject, revision: change.revision, metadata },
    {
      status,
      meeting,
      ...(entry !== undefined && meeting !== null && omittedFrom(entry)),
      ...(event !== undefined && { event }),
      notApplied,
      error: error === undefined ? null : toErrorBody(error),
      attempts: metadata.attempts + 1,
      completedDateTime: now.toISOString(),
    },
  );
}

const subjectOf = ({ requestId, fingerprint, organizerId }: LedgerEntry) => ({
  requestId,
  organizer: organizerOf(fingerprint, organizerId),
});

/** The meeting as last written or read. */
const meetingOf = ({ progress, isCancelled }: LedgerEntry): AppliedMeeting =>
  progress.state === 'finished' && isCancelled !== true
    ? { meeting: progress.result.meeting, notApplied: progress.result.notApplied }
    : { meeting: null, notApplied: [] };

/** What the row leaves out of its meeting, and so out of each result with that meeting. */
const omittedFrom = ({ progress }: LedgerEntry): Pick<ResultEnd, 'truncated'> =>
  progress.state === 'finished' && progress.result.truncated !== undefined
    ? { truncated: progress.result.truncated }
    : {};
