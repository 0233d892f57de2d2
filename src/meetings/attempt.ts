import { MeetingError, toMeetingError } from '../errors/meeting-error';
import {
  claimed,
  decide,
  fingerprintOf,
  released,
  withoutCancellation,
  type ChosenFrom,
  type LedgerEntry,
  type LedgerEvent,
} from './ledger';
import type { RecordedEvent } from './calendar/recorded-event';
import { isChange, toChange } from './changes/change';
import { makeMeeting } from './calls/make-meeting';
import type { GraphMeeting } from './calls/planned-meeting';
import type { MeetingDependencies } from './dependencies';
import type { Outcome } from './outcome';
import { recordedPlanFor } from './plan';
import type { StoredEntry } from './ports';
import { countMeeting } from './pools/count-meeting';
import { recordOutcome, refuseCancelledRequest, replayOutcome } from './record-outcome';
import { withdrawMeeting } from './calls/withdraw-meeting';
import type { MeetingRequest } from '../requests/meeting-request';
import type { MessageMetadata } from '../requests/message-metadata';

/** How long an attempt waits for another one at the same request before it gives up, in milliseconds. */
export const maxWaitMs = 3_000;
/** The first wait for another attempt, in milliseconds; each next wait is twice as long. */
export const firstPollMs = 50;
/** Time for the storage writes after the last call to Graph, in milliseconds. */
export const recordingMs = 30_000;

/** One attempt at a request that has an id. */
export interface Attempt {
  readonly request: MeetingRequest & { readonly requestId: string };
  readonly organizer: LookedUp;
  readonly metadata: MessageMetadata;
  readonly deps: MeetingDependencies;
}

/** An object id, with the choice from a pool if there was one; or the reason for having none. */
export type LookedUp =
  | {
      readonly id: string;
      readonly chosen?: ChosenFrom;
      /** Meetings that the organizer was given this month. */
      readonly meetings?: number;
    }
  | { readonly error: MeetingError };

/** What happened last. A meeting comes with its event, since it is recorded at the end. */
export type Step =
  | Exclude<LedgerEvent, { readonly kind: 'made' }>
  | (Extract<LedgerEvent, { readonly kind: 'made' }> & { readonly made: GraphMeeting });

/** The row as last read or written, and what has happened since. */
export interface Position {
  readonly stored: StoredEntry;
  readonly step: Step;
}

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

/** The row of a new request, claimed by this attempt. */
export function newEntry({ request, organizer, metadata, deps }: Attempt): LedgerEntry {
  return {
    requestId: request.requestId,
    fingerprint: fingerprintOf(request),
    ...organizerColumns(organizer),
    plan: recordedPlanFor(request),
    attempts: metadata.attempts + 1,
    acceptedDateTime: metadata.acceptedDateTime,
    ...orderOf(request, metadata),
    ...((request.ifUnknown ?? deps.ifUnknown) === 'retry' && { ifUnknown: 'retry' }),
    ...batchRowOf(metadata),
    progress: { state: 'inProgress', leaseUntil: leaseUntil(deps) },
    request,
  };
}

const organizerColumns = (organizer: LookedUp): Pick<LedgerEntry, 'organizerId' | 'chosen'> =>
  'error' in organizer
    ? {}
    : {
        organizerId: organizer.id,
        ...(organizer.chosen !== undefined && { chosen: organizer.chosen }),
      };

const batchRowOf = ({ batchId, index }: MessageMetadata): Pick<LedgerEntry, 'batchRow'> =>
  batchId === undefined || index === undefined ? {} : { batchRow: { batchId, index } };

/** What orders later changes: the revision, and the key of the change that begins the request. */
function orderOf(
  request: MeetingRequest,
  metadata: MessageMetadata,
): Pick<LedgerEntry, 'revision' | 'begunBy'> {
  if (!isChange(request))
    return request.revision === undefined ? {} : { revision: request.revision };
  const { revision, key } = toChange(request, metadata);
  return { revision, begunBy: key };
}

/**
 * Returns the end of a lease that begins now, in milliseconds since 1970: time for three calls to Graph and for
 * recording.
 */
export const leaseUntil = ({ clock, callTimeoutMs }: MeetingDependencies): number =>
  clock.now().getTime() + 3 * callTimeoutMs + recordingMs;

/** Reads the row again; if the clean-up has removed it, the request starts again. */
async function startAgain(attempt: Attempt): Promise<Position> {
  const { ledger } = attempt.deps;
  const stored =
    (await ledger.read(attempt.request.requestId)) ??
    (await ledger.begin({ ...newEntry(attempt), progress: { state: 'waiting' } }));
  return { stored, step: arrived(attempt) };
}

/** The event of a request that arrives, for the first time or again. */
export const arrived = ({ request, metadata }: Pick<Attempt, 'request' | 'metadata'>): Step => ({
  kind: 'arrived',
  acceptedDateTime: metadata.acceptedDateTime,
  fingerprint: fingerprintOf(request),
  ...(isChange(request) && { begunBy: toChange(request, metadata).key }),
});

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

/** Returns `requestInProgress`. `retryAfterMs`: milliseconds until another try makes sense. */
export const stillInProgress = (retryAfterMs: number): MeetingError =>
  new MeetingError('requestInProgress', 'Another attempt at this request is under way.', {
    retryAfterMs,
  });
