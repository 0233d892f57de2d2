import { MeetingError } from '../errors/meeting-error';
import { isChange, toChange } from './change';
import type { MeetingDependencies } from './dependencies';
import { fingerprintOf, type ChosenFrom, type LedgerEntry, type LedgerEvent } from './ledger';
import { planFor } from './plan';
import type { GraphMeeting } from './planned-meeting';
import type { StoredEntry } from './request-ledger';
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

/** The row of a new request, claimed by this attempt. */
export function newEntry({ request, organizer, metadata, deps }: Attempt): LedgerEntry {
  return {
    requestId: request.requestId,
    fingerprint: fingerprintOf(request),
    ...organizerColumns(organizer),
    plan: planFor(request),
    attempts: metadata.attempts + 1,
    acceptedDateTime: metadata.acceptedDateTime,
    ...orderOf(request, metadata),
    ...((request.ifUnknown ?? deps.ifUnknown) === 'retry' && { ifUnknown: 'retry' }),
    ...batchRowOf(metadata),
    progress: { state: 'inProgress', leaseUntil: leaseUntil(deps) },
    request,
  };
}

/** What the row records of the organizer: nothing if the lookup failed. */
export const organizerColumns = (
  organizer: LookedUp,
): Pick<LedgerEntry, 'organizerId' | 'chosen'> =>
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

/** The event of a request that arrives, for the first time or again. */
export const arrived = ({ request, metadata }: Pick<Attempt, 'request' | 'metadata'>): Step => ({
  kind: 'arrived',
  acceptedDateTime: metadata.acceptedDateTime,
  fingerprint: fingerprintOf(request),
  ...(isChange(request) && { begunBy: toChange(request, metadata).key }),
});

/**
 * Returns the end of a lease that begins now, in milliseconds since 1970: time for three calls to Graph and for
 * recording.
 */
export const leaseUntil = ({ clock, callTimeoutMs }: MeetingDependencies): number =>
  clock.now().getTime() + 3 * callTimeoutMs + recordingMs;

/** Returns `requestInProgress`. `retryAfterMs`: milliseconds until another try makes sense. */
export const stillInProgress = (retryAfterMs: number): MeetingError =>
  new MeetingError('requestInProgress', 'Another attempt at this request is under way.', {
    retryAfterMs,
  });
