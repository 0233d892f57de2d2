import {
  recordingMs,
  stillInProgress,
  type Attempt,
  type LookedUp,
  type Position,
} from '../attempt';
import type { RecordedEvent } from '../calendar/recorded-event';
import type { MeetingDependencies } from '../dependencies';
import type { LedgerEntry } from '../ledger';
import { makeMeeting } from './make-meeting';
import type { StoredEntry } from '../request-ledger';
import { MeetingError, toMeetingError } from '../../errors/meeting-error';

/** Margin for differences between the clocks of instances and storage, in milliseconds. */
const clockMarginMs = 3_600_000;

/**
 * Creates the meeting of a request that is not in the ledger. Refuses a message that is older than the retention time:
 * its request may have had its meeting and been removed since.
 */
export async function callGraphFirst(attempt: Attempt, stored: StoredEntry): Promise<Position> {
  const { metadata, deps } = attempt;
  const { clock, retentionMs = Infinity } = deps;
  const ageMs = clock.now().getTime() - Date.parse(metadata.acceptedDateTime);
  if (ageMs < retentionMs - clockMarginMs) return callGraph(attempt, stored);
  return { stored, step: { kind: 'broke', error: mayBeForgotten(), isLastAttempt: true } };
}

/** Creates the meeting of a row that this attempt has claimed. */
export async function callGraph(attempt: Attempt, stored: StoredEntry): Promise<Position> {
  const { request, organizer, deps } = attempt;
  const { plan, mayHaveMeeting = false, progress, event } = stored.entry;
  let held = stored;
  const recordEvent = async (recorded: RecordedEvent): Promise<void> => {
    const next = await deps.ledger.replace(held.etag, { ...held.entry, event: recorded });
    if (next === undefined) throw stillInProgress(0);
    held = next;
  };
  const isLastAttempt = isLast(attempt, stored.entry);
  try {
    const organizerId = stored.entry.organizerId ?? idOf(organizer);
    await countMeeting(stored.entry, deps);
    const end = progress.state === 'inProgress' ? progress.leaseUntil : 0;
    // The last moment to begin a call: it must end and be recorded while we still hold the row.
    const deadline = end - recordingMs - deps.callTimeoutMs;
    const made = await makeMeeting(
      {
        ...{ request, organizerId, plan, mayHaveMeeting, isLastAttempt, recordEvent },
        options: { deadline, requestId: request.requestId, language: request.language },
        ...(event !== undefined && { event }),
      },
      deps,
    );
    return { stored: held, step: { kind: 'made', created: made.created, made } };
  } catch (thrown) {
    return { stored: held, step: { kind: 'broke', error: toMeetingError(thrown), isLastAttempt } };
  }
}

/**
 * Counts the meeting of a row whose organizer was chosen from a pool. Runs before the call to Graph, so that every
 * meeting that may exist is counted. A refused call stays counted.
 */
async function countMeeting(
  { requestId, organizerId, chosen }: LedgerEntry,
  { pools }: MeetingDependencies,
): Promise<void> {
  if (chosen === undefined || organizerId === undefined || pools === undefined) return;
  await pools.counts.add({ organizerId, month: chosen.month }, requestId);
}

/** Whether this is the last attempt at a request, because its caller says so or because it is too old. */
function isLast({ metadata, deps }: Attempt, { acceptedDateTime }: LedgerEntry): boolean {
  if (metadata.isLastAttempt === true) return true;
  // A row that a batch retries has as much time as a new request.
  const firstSeen = metadata.pass === undefined ? acceptedDateTime : metadata.acceptedDateTime;
  return deps.clock.now().getTime() - Date.parse(firstSeen) > deps.maxAgeMs;
}

function idOf(organizer: LookedUp): string {
  if ('error' in organizer) throw organizer.error;
  return organizer.id;
}

const mayBeForgotten = (): MeetingError =>
  new MeetingError(
    'outcomeUnknown',
    'The request is older than the retention time, so it is unknown whether it was carried out before.',
    { executed: 'unknown' },
  );
