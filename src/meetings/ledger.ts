import { MeetingError } from '../errors/meeting-error';
import type { RecordedEvent } from './calendar/recorded-event';
import type { Plan } from './plan';
import type { PendingChange } from './changes/change';
import type { CalendarInput } from '../requests/calendar';
import type { MeetingRequest } from '../requests/meeting-request';
import type { OnlineMeeting, OnlineMeetingInput } from '../requests/online-meeting';
import type { MeetingResult, MeetingStatus } from '../results/meeting-result';

/** What makes a request the same request: one organizer or pool, one subject, one time (and one key of the caller's own). */
export interface Fingerprint {
  /** As given; two spellings of one person are told apart only after resolving both. */
  readonly organizer: string;
  /** Name of the pool that stands in place of an organizer. */
  readonly organizerPool?: string;
  readonly subject: string | null;
  readonly startDateTime: string | null;
  readonly endDateTime: string | null;
  readonly externalId: string | null;
}

const fingerprintParts = [
  'organizer',
  'organizerPool',
  'subject',
  'startDateTime',
  'endDateTime',
  'externalId',
] as const satisfies readonly (keyof Fingerprint)[];

export interface ChosenFrom {
  readonly pool: string;
  readonly month: string;
}

/** One row of the ledger, which is the only truth about a request. */
export interface LedgerEntry {
  readonly requestId: string;
  readonly fingerprint: Fingerprint;
  /** Resolved before the first call for a meeting, and never again: Graph keeps a key for each organizer. */
  readonly organizerId?: string;
  /** The organizer was chosen from this pool, and the meeting counts in this month (`2026-12`, UTC). As lasting as the organizer. */
  readonly chosen?: ChosenFrom;
  /** Decided by the first attempt and never changed: a second plan could make a second meeting. */
  readonly plan: Exclude<Plan, 'create'>;
  readonly attempts: number;
  readonly acceptedDateTime: string;
  readonly progress: Progress;
  /** An earlier attempt was interrupted after it may have created the meeting. From then on, no result may claim that there is none. */
  readonly mayHaveMeeting?: true;
  /** The event of a request with a calendar, as soon as it is there. */
  readonly event?: RecordedEvent;
  /** Batches that were cancelled before this request was begun: to their rows it stays cancelled, whatever another sender makes of it. */
  readonly cancelledFor?: readonly string[];
  /** A plain create whose answer is lost is repeated: at worst a meeting stays unused. */
  readonly ifUnknown?: 'retry';
  /** What was asked for, kept until there is a meeting; absent when it is too large for a row. */
  readonly request?: MeetingRequest;
  /** The row of a batch that began it, whose result every retry is. */
  readonly batchRow?: { readonly batchId: string; readonly index: number };
  /** What was asked of the meeting in all, once there is one; absent when it is too large for a row. */
  readonly asked?: OnlineMeetingInput;
  /** What was asked of its event in all. */
  readonly askedCalendar?: CalendarInput;
  /** Revision of the newest change that holds. Absent: only a create without one. */
  readonly revision?: number;
  /** Key of the upsert that began this row. */
  readonly begunBy?: string;
  /** The change that is under way. */
  readonly pending?: PendingChange;
  /** There is no meeting any more, and there will be none. */
  readonly isCancelled?: true;
  /** Storage knows by which day it finds the row again, to forget it. */
  readonly isListed?: true;
}

/**
 * `inProgress`: an attempt holds it until `leaseUntil` (milliseconds since 1970) at the latest.
 * `waiting`: the last attempt ended without effect, or with one that can be repeated safely.
 */
export type Progress =
  | { readonly state: 'inProgress'; readonly leaseUntil: number }
  | { readonly state: 'waiting' }
  | { readonly state: 'finished'; readonly result: MeetingResult };

/** What tells a copy of one message from another request under the same id. */
type Arrival = Pick<LedgerEntry, 'acceptedDateTime' | 'fingerprint' | 'begunBy'>;

/** What can happen to an existing row. */
export type LedgerEvent =
  /** The request comes (again). */
  | ({ readonly kind: 'arrived' } & Arrival)
  /** The meeting exists; `created` if this attempt may have created it. */
  | { readonly kind: 'made'; readonly created: boolean }
  /** The attempt failed; `isLastAttempt` when the request is not tried again. */
  | { readonly kind: 'broke'; readonly error: MeetingError; readonly isLastAttempt: boolean }
  /** A person retries a request that ended without a meeting. */
  | { readonly kind: 'retried' };

export type Decision =
  /** Claim the row and call Graph. */
  | { readonly kind: 'work' }
  /** Return the recorded result. */
  | { readonly kind: 'replay'; readonly result: MeetingResult }
  /** The request was cancelled: say so. */
  | { readonly kind: 'refuseCancelled' }
  /** The request was cancelled while this attempt made its meeting: delete that. */
  | { readonly kind: 'withdraw' }
  /** Another attempt holds it: check again until then. */
  | { readonly kind: 'wait'; readonly until: number }
  /** Record this as the end. */
  | { readonly kind: 'finish'; readonly status: MeetingStatus; readonly error?: MeetingError }
  /** Release the row for another attempt. */
  | { readonly kind: 'release'; readonly error: MeetingError };

/** What happens next with a row: pure and total over states and events. `now` in milliseconds since 1970. */
export function decide(entry: LedgerEntry, event: LedgerEvent, now: number): Decision {
  const { progress } = entry;
  if (entry.isCancelled === true && !isRepeat(entry, event))
    return { kind: event.kind === 'made' ? 'withdraw' : 'refuseCancelled' };
  if (progress.state === 'finished') {
    const again = event.kind === 'retried' && !hasMeeting(progress.result.status);
    return again ? { kind: 'work' } : { kind: 'replay', result: progress.result };
  }
  switch (event.kind) {
    case 'arrived':
    case 'retried':
      return progress.state === 'waiting'
        ? { kind: 'work' }
        : whileInProgress(entry, { now, leaseUntil: progress.leaseUntil });
    case 'made':
      return { kind: 'finish', status: isOwn(entry, event) ? 'created' : 'existing' };
    case 'broke':
      return afterFailure(entry, event);
  }
}

/**
 * The request that had its result before it was cancelled, delivered again: it keeps its result. The time alone does not tell,
 * since storage knows the time of a message to the second.
 */
const isRepeat = (entry: LedgerEntry, event: LedgerEvent): boolean =>
  event.kind === 'arrived' &&
  entry.attempts > 0 &&
  event.acceptedDateTime === entry.acceptedDateTime &&
  event.begunBy === entry.begunBy &&
  isSameFingerprint(event.fingerprint, entry.fingerprint) &&
  entry.progress.state === 'finished' &&
  entry.progress.result.status !== 'cancelled';

const isSameFingerprint = (one: Fingerprint, other: Fingerprint): boolean =>
  fingerprintParts.every((name) => one[name] === other[name]);

/** Two attempts at once could both create the meeting, so none takes over before the lease has expired. */
function whileInProgress(
  { plan, ifUnknown }: LedgerEntry,
  { now, leaseUntil }: { readonly now: number; readonly leaseUntil: number },
): Decision {
  if (now < leaseUntil) return { kind: 'wait', until: leaseUntil };
  if (plan !== 'createOnce' || ifUnknown === 'retry') return { kind: 'work' };
  const error = new MeetingError(
    'outcomeUnknown',
    'An earlier attempt stopped during its call to Microsoft Graph.',
    { executed: 'unknown' },
  );
  return { kind: 'finish', status: 'unknown', error };
}

/** A meeting that Graph already had is this request's own, if an earlier attempt can have made it. */
const isOwn = (
  { mayHaveMeeting }: LedgerEntry,
  { created }: { readonly created: boolean },
): boolean => created || mayHaveMeeting === true;

function afterFailure(
  { plan, mayHaveMeeting, event, ifUnknown }: LedgerEntry,
  { error, isLastAttempt }: { readonly error: MeetingError; readonly isLastAttempt: boolean },
): Decision {
  const brokeOff = error.executed === 'unknown';
  const mayGoOn = error.retryable || error.code === 'internalError';
  const mayRepeat = !brokeOff || plan !== 'createOnce' || ifUnknown === 'retry';
  if (mayGoOn && !isLastAttempt && mayRepeat) return { kind: 'release', error };
  const isInDoubt = mayHaveMeeting === true && event?.isWithdrawn !== true;
  const status = brokeOff || isInDoubt ? 'unknown' : 'failed';
  return { kind: 'finish', status, error };
}

/** The row while an attempt holds it. A call of the previous holder may still reach Graph. */
export function claimed(
  entry: LedgerEntry,
  {
    leaseUntil,
    ...organizer
  }: Pick<LedgerEntry, 'organizerId' | 'chosen'> & { readonly leaseUntil: number },
): LedgerEntry {
  const { progress } = entry;
  const isInDoubt =
    progress.state === 'inProgress' ||
    (progress.state === 'finished' && progress.result.status === 'unknown');
  return {
    ...(isInDoubt ? inDoubt(entry) : entry),
    ...(entry.organizerId === undefined && organizer),
    attempts: entry.attempts + 1,
    progress: { state: 'inProgress', leaseUntil },
  };
}

/** The row after an attempt that may be followed by another. */
export const released = (entry: LedgerEntry, { executed }: MeetingError): LedgerEntry => ({
  ...(executed === 'unknown' ? inDoubt(entry) : entry),
  progress: { state: 'waiting' },
});

/** The row at its end. Of a request that has its meeting only what it asked for is needed any more. */
export function finished(entry: LedgerEntry, result: MeetingResult): LedgerEntry {
  const { request, ...others } = entry;
  const progress = { state: 'finished', result } as const;
  if (!hasMeeting(result.status)) return { ...entry, progress };
  return {
    ...others,
    ...(request !== undefined && { asked: request.meeting }),
    ...(request?.calendar !== undefined && { askedCalendar: request.calendar }),
    progress,
  };
}

/** A request that may have its meeting from now on, whatever its next attempt brings. */
const inDoubt = (entry: LedgerEntry): LedgerEntry => ({ ...entry, mayHaveMeeting: true });

const withMeeting: ReadonlySet<MeetingStatus> = new Set([
  'created',
  'existing',
  'updated',
  'unchanged',
  'superseded',
]);

export const hasMeeting = (status: MeetingStatus): boolean => withMeeting.has(status);

/** The meeting as it was when it was last written or read; null if there is none, or none any more. */
export const currentMeeting = ({ progress, isCancelled }: LedgerEntry): OnlineMeeting | null =>
  progress.state === 'finished' && isCancelled !== true ? progress.result.meeting : null;

/** An entry that a cancelled batch made, and nobody has begun since. */
export const wasCancelled = (
  entry: LedgerEntry,
): entry is LedgerEntry & { readonly progress: { readonly state: 'finished' } } =>
  entry.isCancelled !== true &&
  entry.progress.state === 'finished' &&
  entry.progress.result.error?.code === 'cancelled';

/** An entry that only says why nothing was begun: a batch was cancelled, or a change came and there was nothing to change. */
export const isUnbegun = (entry: LedgerEntry): boolean =>
  wasCancelled(entry) ||
  (entry.isCancelled !== true &&
    entry.progress.state === 'finished' &&
    entry.progress.result.error?.code === 'requestNotFound');

/** Cancelling is final for the rows of the batches that were cancelled. To any other sender the id is free. */
export const isFree = (entry: LedgerEntry, batchId: string | undefined): boolean =>
  isUnbegun(entry) && !isCancelledFor(entry, batchId);

/** Whether a row of this batch was refused under this id. */
export const isCancelledFor = (
  { cancelledFor = [] }: LedgerEntry,
  batchId: string | undefined,
): boolean => batchId !== undefined && cancelledFor.includes(batchId);

/** A person retries the row of this batch, so it is refused no longer. */
export function withoutCancellation(
  { cancelledFor = [], ...entry }: LedgerEntry,
  batchId: string | undefined,
): LedgerEntry {
  const others = cancelledFor.filter((other) => other !== batchId);
  return { ...entry, ...(others.length > 0 && { cancelledFor: others }) };
}

export const fingerprintOf = ({
  organizer,
  organizerPool,
  meeting,
  externalId,
}: MeetingRequest): Fingerprint => ({
  organizer,
  ...(organizerPool !== undefined && { organizerPool }),
  subject: meeting.subject ?? null,
  startDateTime: meeting.startDateTime ?? null,
  endDateTime: meeting.endDateTime ?? null,
  externalId: externalId ?? null,
});
