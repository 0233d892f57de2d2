import type { GraphDependencies } from '../dependencies';
import { findOrganizer, withIdentities } from './people';
import type { CallOptions, FoundMeetings, MeetingKey, StoredMeeting } from '../ports';
import { withRetries } from './retry';
import { MeetingError, toMeetingError } from '../../errors/meeting-error';
import type { OnlineMeetingInput } from '../../requests/online-meeting';

/** A call about a meeting that exists in Graph. All these calls may be repeated. */
interface StoredMeetingCall {
  /** Object id, user principal name or email address. */
  readonly organizer: string;
  readonly options: CallOptions;
}

type MeetingCall = StoredMeetingCall & { readonly meetingId: string };

/** @throws MeetingError `meetingNotFound`, or as the port. */
export const readMeeting = (call: MeetingCall, deps: GraphDependencies): Promise<StoredMeeting> =>
  ask(call, deps, (id) => deps.provider.get(id, call.meetingId, call.options));

/** @throws MeetingError as `readMeeting`. */
export const findMeetings = (
  { key, ...call }: StoredMeetingCall & { readonly key: MeetingKey },
  deps: GraphDependencies,
): Promise<FoundMeetings> => ask(call, deps, (id) => deps.provider.find(id, key, call.options));

/**
 * Sets the properties of `change`. @throws MeetingError as `readMeeting`, or `invalidRequest` for a presenter without
 * an account.
 */
export const updateMeeting = (
  { change, ...call }: MeetingCall & { readonly change: OnlineMeetingInput },
  deps: GraphDependencies,
): Promise<StoredMeeting> =>
  ask(call, deps, async (id) => {
    const properties = await withIdentities(change, call.options, deps);
    return deps.provider.update(id, call.meetingId, { properties, options: call.options });
  });

/** @throws MeetingError as `readMeeting`, except `meetingNotFound` after an earlier try of this call that may have deleted it. */
export async function deleteMeeting(call: MeetingCall, deps: GraphDependencies): Promise<void> {
  let mayBeDeleted = false;
  const tryToDelete = async (id: string): Promise<void> => {
    try {
      await deps.provider.delete(id, call.meetingId, call.options);
    } catch (thrown) {
      mayBeDeleted ||= toMeetingError(thrown).executed === 'unknown';
      throw thrown;
    }
  };
  try {
    await ask(call, deps, tryToDelete);
  } catch (thrown) {
    if (!mayBeDeleted || !isNotFound(thrown)) throw thrown;
  }
}

/** Whether the failure says that Graph has no such meeting. */
export const isNotFound = (thrown: unknown): boolean =>
  toMeetingError(thrown).code === 'meetingNotFound';

async function ask<T>(
  { organizer, options }: StoredMeetingCall,
  deps: GraphDependencies,
  call: (organizerId: string) => Promise<T>,
): Promise<T> {
  const organizerId = await findOrganizer(organizer, options, deps);
  const answer = await withRetries(
    confirming404(() => call(organizerId)),
    { repeatable: true, deadline: options.deadline },
    deps,
  );
  if (answer === notThere) throw new MeetingError('meetingNotFound', notFoundMessage);
  return answer;
}

const notFoundMessage = 'Microsoft Graph cannot find this meeting for this organizer.';

/** Returned instead of a meeting that Graph does not have. */
export const notThere: unique symbol = Symbol('not there');

/** Retries after a first 404, because Graph sometimes returns a 404 that does not last. */
export function confirming404<T>(call: () => Promise<T>): () => Promise<T | typeof notThere> {
  let found404 = false;
  return async () => {
    try {
      return await call();
    } catch (thrown) {
      if (!isNotFound(thrown) || !found404) {
        found404 ||= isNotFound(thrown);
        throw thrown;
      }
      return notThere;
    }
  };
}
