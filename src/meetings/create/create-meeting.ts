import { arrived, newEntry, type Attempt, type LookedUp } from '../attempt';
import { runAttempt } from './run-attempt';
import { createWithoutRequestId } from './create-without-request-id';
import type { MeetingDependencies } from '../dependencies';
import type { Outcome } from '../outcome';
import { callGraphFirst } from './call-graph';
import { fingerprintOf, isCancelledFor, isFree, type LedgerEntry } from '../ledger';
import { findOrganizer } from '../calls/people';
import { chooseOrganizer } from '../pools/choose-organizer';
import type { RequestLedger } from '../request-ledger';
import { publishCancelled } from './refuse-cancelled';
import { MeetingError, toMeetingError } from '../../errors/meeting-error';
import { takeOver } from './take-over';
import type { MeetingRequest } from '../../requests/meeting-request';
import type { MessageMetadata } from '../../requests/message-metadata';

/**
 * Creates the meeting of a request and publishes its result, continuing any earlier attempt. Order: begin, Graph,
 * record, publish.
 * @throws MeetingError if the request has not ended and may be sent again (`retryable`), or if its id belongs to
 * another request (`requestIdReused`); then nothing is published.
 */
export async function createMeeting(
  request: MeetingRequest,
  metadata: MessageMetadata,
  deps: MeetingDependencies,
): Promise<Outcome> {
  const requestId = idFor(request, deps);
  if (requestId === undefined) return createWithoutRequestId(request, metadata, deps);
  const identified = { ...request, requestId };
  const organizer = await lookUpOrganizer(identified, deps);
  const attempt = { request: identified, organizer, metadata, deps };
  const begun = await begin(attempt);
  if (begun.inserted) return runAttempt(attempt, await callGraphFirst(attempt, begun));
  const { batchId } = metadata;
  if (batchId !== undefined && isCancelledFor(begun.entry, batchId)) {
    const row = { request: attempt.request, metadata: { ...metadata, batchId } };
    return { result: await publishCancelled(row, begun.entry, deps), repeated: true };
  }
  if (begun.entry.isCancelled !== true) refuseAnotherRequest(attempt, begun.entry);
  const step = isRetried(begun.entry, metadata) ? ({ kind: 'retried' } as const) : arrived(attempt);
  return runAttempt(attempt, { stored: begun, step });
}

/** Whether a retry of a batch asks for another attempt that this request has not had yet. */
function isRetried(
  { progress, plan }: LedgerEntry,
  { batchId, pass, isConfirmed }: MessageMetadata,
): boolean {
  if (pass === undefined || progress.state !== 'finished') return false;
  // Only `createOnce` may have made a meeting that another attempt would not find.
  const isRisky = plan === 'createOnce' && progress.result.status === 'unknown';
  if (isRisky && isConfirmed !== true) return false;
  const { result } = progress;
  return result.batchId !== batchId || (result.pass ?? 0) < pass;
}

/**
 * Generates an id if the caller gave none and the request needs a ledger row: an event takes several calls, and an
 * organizer is chosen once.
 */
const idFor = (
  { requestId, calendar, organizerPool }: MeetingRequest,
  { random }: MeetingDependencies,
) =>
  requestId ?? (calendar === undefined && organizerPool === undefined ? undefined : random.newId());

/** Inserts the row, or replaces one that only records why nothing was begun. */
async function begin(attempt: Attempt): ReturnType<RequestLedger['begin']> {
  const { ledger } = attempt.deps;
  const begun = await ledger.begin(newEntry(attempt));
  if (begun.inserted || !isFree(begun.entry, attempt.metadata.batchId)) return begun;
  const taken = await takeOver(ledger, begun, newEntry(attempt));
  return taken === undefined ? begin(attempt) : { ...taken, inserted: true };
}

export type LookUpDependencies = Pick<
  MeetingDependencies,
  'directory' | 'pools' | 'clock' | 'random' | 'callTimeoutMs'
>;

/** Runs before the row is written, so that the row has the organizer's id from the start. A failure is recorded in the row. */
export async function lookUpOrganizer(
  { requestId = '', organizer, organizerPool }: MeetingRequest,
  deps: LookUpDependencies,
): Promise<LookedUp> {
  const options = { deadline: deps.clock.now().getTime() + deps.callTimeoutMs, requestId };
  try {
    return organizerPool === undefined
      ? { id: await findOrganizer(organizer, options, deps) }
      : await chooseOrganizer({ organizerPool, requestId }, options, deps);
  } catch (thrown) {
    return { error: toMeetingError(thrown) };
  }
}

/** @throws MeetingError `requestIdReused` if the row belongs to another request; another error if that cannot be decided now. */
export function refuseAnotherRequest(
  { request, organizer }: Readonly<{ request: MeetingRequest; organizer: LookedUp }>,
  entry: LedgerEntry,
): void {
  const fingerprint = fingerprintOf(request);
  const differences: string[] = (['subject', 'startDateTime', 'endDateTime', 'externalId'] as const)
    .filter((name) => fingerprint[name] !== entry.fingerprint[name])
    .filter((name) => name === 'externalId' || request.externalId === undefined);
  if ((entry.plan === 'ensureEvent') !== (request.calendar !== undefined))
    differences.push('calendar');
  if (!isSameOrganizer(request, organizer, entry)) differences.unshift('organizer');
  if (differences.length === 0) return;
  throw new MeetingError(
    'requestIdReused',
    `This requestId belongs to another request: ${differences.join(', ')} differ${differences.length === 1 ? 's' : ''}.`,
    { target: 'requestId' },
  );
}

/** Compares names of pools without case. */
export const isSamePool = (
  pool: string,
  { organizerPool }: Pick<MeetingRequest, 'organizerPool'>,
): boolean => pool.toLowerCase() === organizerPool?.toLowerCase();

/**
 * Whether both name the same organizer, in any spelling; a pool equals the organizer chosen from it. @throws
 * MeetingError if that cannot be decided now.
 */
export function isSameOrganizer(
  { organizer, organizerPool }: MeetingRequest,
  lookedUp: LookedUp,
  { fingerprint, organizerId }: LedgerEntry,
): boolean {
  if (organizerPool !== undefined) return isSamePool(organizerPool, fingerprint);
  if (organizer.toLowerCase() === fingerprint.organizer.toLowerCase()) return true;
  if ('id' in lookedUp) return lookedUp.id === organizerId;
  if (lookedUp.error.retryable) throw lookedUp.error;
  return false;
}
