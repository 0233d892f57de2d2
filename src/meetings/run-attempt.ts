import { toMeetingError } from '../errors/meeting-error';
import {
  arrived,
  newEntry,
  organizerColumns,
  type Attempt,
  type LookedUp,
  type Position,
} from './attempt';
import type { RecordedEvent } from './calendar/recorded-event';
import { firstPollMs, leaseUntil, maxWaitMs, recordingMs, stillInProgress } from './lease';
import { claimed, decide, released, withoutCancellation, type LedgerEntry } from './ledger';
import { makeMeeting } from './make-meeting';
import type { Outcome } from './outcome';
import { countMeeting } from './pools/count-meeting';
import { recordOutcome, refuseCancelledRequest, replayOutcome } from './record-outcome';
import type { StoredEntry } from './request-ledger';
import { withdrawMeeting } from './withdraw-meeting';

/**
 * Asks `decide` what to do with the request's row, does it, and asks again, until the request or this attempt has ended.
 * A crash anywhere means doing a step twice, never skipping one.
 */
export async function runAttempt(attempt: Attempt, start: Position): Promise<Outcome> {
  const { clock } = attempt.deps;
  const now = (): number => clock.now().getTime();
  const waitUntil = now() + maxWaitMs;
  let pollMs = firstPollMs;
  for (let position = start; ;) {
    const { stored, step } = position;
    const decision = decide(stored.entry, step, now());
    switch (decision.kind) {
      case 'replay':
        return replayOutcome(attempt, step, decision.result);
      case 'wait':
        if (now() >= waitUntil) throw stillInProgress(decision.until - now());
        await clock.sleep(pollMs);
        pollMs *= 2;
        position = await startAgain(attempt);
        break;
      case 'refuseCancelled':
        return refuseCancelledRequest(attempt, stored.entry);
      case 'withdraw':
        if (step.kind === 'made') await withdrawMeeting(attempt, step.made);
        position = await startAgain(attempt);
        break;
      case 'work':
        position = await claimAndCall(attempt, stored);
        break;
      case 'release':
        await attempt.deps.ledger.replace(stored.etag, released(stored.entry, decision.error));
        throw decision.error;
      case 'finish': {
        const outcome = await recordOutcome(attempt, position, decision);
        if (outcome !== undefined) return outcome;
        // Another attempt has changed the row. If this one created a meeting, that is kept.
        position = { ...(await startAgain(attempt)), ...(step.kind === 'made' && { step }) };
      }
    }
  }
}

/** Reads the row again; if the clean-up has removed it, the request starts again. */
async function startAgain(attempt: Attempt): Promise<Position> {
  const { ledger } = attempt.deps;
  const stored =
    (await ledger.read(attempt.request.requestId)) ??
    (await ledger.begin({ ...newEntry(attempt), progress: { state: 'waiting' } }));
  return { stored, step: arrived(attempt) };
}

async function claimAndCall(attempt: Attempt, { etag, entry }: StoredEntry): Promise<Position> {
  const { organizer, metadata, deps } = attempt;
  const claim = claimed(withoutCancellation(entry, metadata.batchId), {
    leaseUntil: leaseUntil(deps),
    ...organizerColumns(organizer),
  });
  const stored = await deps.ledger.replace(etag, claim);
  return stored === undefined ? startAgain(attempt) : callGraph(attempt, stored);
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
