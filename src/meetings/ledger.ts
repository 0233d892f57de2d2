import type { MeetingError } from '../errors/meeting-error';
import type { Plan } from './plan';
import type { MeetingRequest } from '../requests/meeting-request';
import type { MeetingResult, MeetingStatus } from '../results/meeting-result';

/** What makes a request the same request: one organizer, one subject, one time (and one key of the caller's own). */
export interface Fingerprint {
  /** As given; two spellings of one person are told apart only after resolving both. */
  readonly organizer: string;
  readonly subject: string | null;
  readonly startDateTime: string | null;
  readonly endDateTime: string | null;
  readonly externalId: string | null;
}

/** One row of the ledger, which is the only truth about a request. */
export interface LedgerEntry {
  readonly requestId: string;
  readonly fingerprint: Fingerprint;
  /** Decided by the first attempt and never changed: a second plan could make a second meeting. */
  readonly plan: Exclude<Plan, 'create'>;
  readonly attempts: number;
  readonly acceptedDateTime: string;
  readonly progress: Progress;
  /** An earlier attempt broke off or was given up while it can have made the meeting: from then on nobody may say that there is none. */
  readonly mayHaveMeeting?: true;
  /** What was asked for, kept until there is a meeting; absent when it is too large for a row. */
  readonly request?: MeetingRequest;
}

/**
 * `inProgress`: somebody works on it until `leaseUntil` (milliseconds since 1970) at the latest.
 * `waiting`: the last attempt ended without effect, or with one that can be repeated safely.
 */
export type Progress =
  | { readonly state: 'inProgress'; readonly leaseUntil: number }
  | { readonly state: 'waiting' }
  | { readonly state: 'finished'; readonly result: MeetingResult };

/** What can happen to a row that is already there. */
export type LedgerEvent =
  /** The request comes (again); `patient` is false once the caller has waited for the other attempt long enough. */
  | { readonly kind: 'arrived'; readonly patient: boolean }
  /** There is the meeting; `created` when this request can have made it, now or in an earlier attempt. */
  | { readonly kind: 'made'; readonly created: boolean }
  /** The attempt failed; `final` when the request is too old to be tried again. */
  | { readonly kind: 'broke'; readonly error: MeetingError; readonly final: boolean }
  /** A person asks for another try of a request that ended without a meeting. */
  | { readonly kind: 'retried' };

export type Decision =
  /** Take the row over and work on it. */
  | { readonly kind: 'work' }
  /** Give the recorded result again. */
  | { readonly kind: 'replay'; readonly result: MeetingResult }
  /** Somebody else works on it: look again until then. */
  | { readonly kind: 'wait'; readonly until: number }
  /** Record this as the end. */
  | { readonly kind: 'finish'; readonly status: MeetingStatus }
  /** Open the row for another attempt, by whoever comes. */
  | { readonly kind: 'release' };

/** What happens next with a row: pure and total over states and events. `now` in milliseconds since 1970. */
export function decide(entry: LedgerEntry, event: LedgerEvent, now: number): Decision {
  const { progress } = entry;
  if (progress.state === 'finished') {
    const again = event.kind === 'retried' && !hasMeeting(progress.result.status);
    return again ? { kind: 'release' } : { kind: 'replay', result: progress.result };
  }
  switch (event.kind) {
    case 'arrived':
      return progress.state === 'waiting'
        ? { kind: 'work' }
        : arrive(entry, event, { now, leaseUntil: progress.leaseUntil });
    case 'made':
      return { kind: 'finish', status: event.created ? 'created' : 'existing' };
    case 'broke':
      return afterFailure(entry, event);
    case 'retried':
      return { kind: 'release' };
  }
}

function arrive(
  { plan }: LedgerEntry,
  { patient }: { readonly patient: boolean },
  { now, leaseUntil }: { readonly now: number; readonly leaseUntil: number },
): Decision {
  const held = now < leaseUntil;
  if (held && (patient || plan === 'createOnce')) return { kind: 'wait', until: leaseUntil };
  return plan === 'ensure' ? { kind: 'work' } : { kind: 'finish', status: 'unknown' };
}

function afterFailure(
  { plan, mayHaveMeeting }: LedgerEntry,
  { error, final }: { readonly error: MeetingError; readonly final: boolean },
): Decision {
  const brokeOff = error.executed === 'unknown';
  const mayGoOn = error.retryable || error.code === 'internalError';
  if (mayGoOn && !final && !(brokeOff && plan === 'createOnce')) return { kind: 'release' };
  return { kind: 'finish', status: brokeOff || mayHaveMeeting === true ? 'unknown' : 'failed' };
}

/** The row of a request that can have its meeting from now on, whatever its next attempt comes to. */
export const inDoubt = (entry: LedgerEntry): LedgerEntry => ({ ...entry, mayHaveMeeting: true });

export const hasMeeting = (status: MeetingStatus): boolean =>
  status === 'created' || status === 'existing';

export const fingerprintOf = ({ organizer, meeting, externalId }: MeetingRequest): Fingerprint => ({
  organizer,
  subject: meeting.subject ?? null,
  startDateTime: meeting.startDateTime ?? null,
  endDateTime: meeting.endDateTime ?? null,
  externalId: externalId ?? null,
});
