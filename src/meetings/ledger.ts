import { MeetingError } from '../errors/meeting-error';
import type { RecordedEvent } from './calendar/recorded-event';
import type { RecordedPlan } from './plan';
import type { PendingChange } from './change';
import type { CalendarInput } from '../requests/calendar';
import type { MeetingRequest } from '../requests/meeting-request';
import type { OnlineMeeting, OnlineMeetingInput } from '../requests/online-meeting';
import type { MeetingResult, MeetingStatus } from '../results/meeting-result';

/** The properties that identify a request: organizer or pool, subject, times, and the caller's own key if given. */
export interface Fingerprint {
  /** As given. Whether two spellings mean one person shows only after resolving both. */
  readonly organizer: string;
  /** Name of the pool, given instead of an organizer. */
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

/** The pool of a chosen organizer, and the month (`2026-12`, UTC) in which the meeting counts. */
export interface ChosenFrom {
  readonly pool: string;
  readonly month: string;
}

/** One row of the ledger, the only source of truth about a request. */
export interface LedgerEntry {
  readonly requestId: string;
  readonly fingerprint: Fingerprint;
  /** Resolved before the first call for a meeting, and never again: Graph keeps a key for each organizer. */
  readonly organizerId?: string;
  /**
   * The pool that the organizer was chosen from, and the month in which the meeting counts (`2026-12`, UTC). Never
   * changes either.
   */
  readonly chosen?: ChosenFrom;
  /** Decided by the first attempt and never changed: a second plan could make a second meeting. */
  readonly plan: RecordedPlan;
  readonly attempts: number;
  readonly acceptedDateTime: string;
  readonly progress: Progress;
  /** An earlier attempt was interrupted after it may have created the meeting. From then on, no result may claim that there is none. */
  readonly mayHaveMeeting?: true;
  /** The event of a request with a calendar, once it exists. */
  readonly event?: RecordedEvent;
  /**
   * Batches that were cancelled before this request was begun: for their rows it stays cancelled, even if another
   * sender begins it.
   */
  readonly cancelledFor?: readonly string[];
  /** Repeat a plain create whose response was lost: at worst one meeting stays unused. */
  readonly ifUnknown?: 'retry';
  /** The request itself, kept until there is a meeting; absent if it is too large for a row. */
  readonly request?: MeetingRequest;
  /** The batch row that began it; every retry gives this row its result. */
  readonly batchRow?: { readonly batchId: string; readonly index: number };
  /** All requested properties of the meeting, once it exists; absent if they are too large for a row. */
  readonly requested?: OnlineMeetingInput;
  /** All requested properties of its event. */
  readonly requestedCalendar?: CalendarInput;
  /** Revision of the newest change that took effect. Absent: only a create without one. */
  readonly revision?: number;
  /** Key of the upsert that began this row. */
  readonly begunBy?: string;
  /** The pending change. */
  readonly pending?: PendingChange;
  /** The meeting was cancelled, and there will be no other. */
  readonly isCancelled?: true;
  /** The request is on the list of its day, for the clean-up. */
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

/** The properties that distinguish a copy of one message from another request with the same id. */
type ArrivedRequest = Pick<LedgerEntry, 'acceptedDateTime' | 'fingerprint' | 'begunBy'>;

/** Events of an existing row. */
export type LedgerEvent =
  /** The request arrives, for the first time or again. */
  | ({ readonly kind: 'arrived' } & ArrivedRequest)
  /** The meeting exists; `created` if this attempt may have created it. */
  | { readonly kind: 'made'; readonly created: boolean }
  /** The attempt failed; `isLastAttempt` if the request is not tried again. */
  | { readonly kind: 'broke'; readonly error: MeetingError; readonly isLastAttempt: boolean }
  /** A person retries a request that ended without a meeting. */
  | { readonly kind: 'retried' };

/** The next step of an attempt. */
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

/** Decides the next step of a row. Pure and total over states and events. `now` is in milliseconds since 1970. */
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
 * Whether this is a repeated delivery of a request that had its result before it was cancelled: it keeps that result.
 * The time alone does not decide, because storage records the time of a message only to the second.
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

/** A meeting that Graph already had belongs to this request if an earlier attempt may have made it. */
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

/** The row at its end. If the request has its meeting, drops what is needed only to make one. */
export function finished(entry: LedgerEntry, result: MeetingResult): LedgerEntry {
  const { request, ...others } = entry;
  const progress = { state: 'finished', result } as const;
  if (!hasMeeting(result.status)) return { ...entry, progress };
  return {
    ...others,
    ...(request !== undefined && { requested: request.meeting }),
    ...(request?.calendar !== undefined && { requestedCalendar: request.calendar }),
    progress,
  };
}

/** The row of a request that may have a meeting, however its next attempt ends. */
const inDoubt = (entry: LedgerEntry): LedgerEntry => ({ ...entry, mayHaveMeeting: true });

const withMeeting: ReadonlySet<MeetingStatus> = new Set([
  'created',
  'existing',
  'updated',
  'unchanged',
  'superseded',
]);

/** Whether a result with this status has a meeting. */
export const hasMeeting = (status: MeetingStatus): boolean => withMeeting.has(status);

/** The meeting as last written or read; null if there is none, or if it was cancelled. */
export const currentMeeting = ({ progress, isCancelled }: LedgerEntry): OnlineMeeting | null =>
  progress.state === 'finished' && isCancelled !== true ? progress.result.meeting : null;

/** Whether a cancelled batch made the entry and no attempt has begun since. */
export const wasCancelled = (
  entry: LedgerEntry,
): entry is LedgerEntry & { readonly progress: { readonly state: 'finished' } } =>
  entry.isCancelled !== true &&
  entry.progress.state === 'finished' &&
  entry.progress.result.error?.code === 'cancelled';

/** Whether the entry only records why nothing was begun: a batch was cancelled, or a change had nothing to change. */
export const isUnbegun = (entry: LedgerEntry): boolean =>
  wasCancelled(entry) ||
  (entry.isCancelled !== true &&
    entry.progress.state === 'finished' &&
    entry.progress.result.error?.code === 'requestNotFound');

/** Cancelling is final only for rows of the cancelled batches. Any other sender may use the id. */
export const isFree = (entry: LedgerEntry, batchId: string | undefined): boolean =>
  isUnbegun(entry) && !isCancelledFor(entry, batchId);

/** Whether a row of this batch was refused under this id. */
export const isCancelledFor = (
  { cancelledFor = [] }: LedgerEntry,
  batchId: string | undefined,
): boolean => batchId !== undefined && cancelledFor.includes(batchId);

/** Removes the refusal for a batch whose row a person retries. */
export function withoutCancellation(
  { cancelledFor = [], ...entry }: LedgerEntry,
  batchId: string | undefined,
): LedgerEntry {
  const others = cancelledFor.filter((other) => other !== batchId);
  return { ...entry, ...(others.length > 0 && { cancelledFor: others }) };
}

/** The properties that identify a request; see `Fingerprint`. */
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
