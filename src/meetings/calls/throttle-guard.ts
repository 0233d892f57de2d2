import type { CalendarProvider } from '../calendar-provider';
import { MeetingError, toMeetingError } from '../../errors/meeting-error';
import type { CallOptions, Clock, MeetingProvider } from '../ports';

type Guarded = <T>(organizerId: string, call: () => Promise<T>) => Promise<T>;

/**
 * Pauses calls while Graph throttles: for the throttled organizer, because Graph limits meetings for each user, and for
 * everybody once two organizers are throttled at the same time.
 */
export function guardThrottling(provider: MeetingProvider, clock: Clock): MeetingProvider {
  const guarded = makeGuard(clock, { everybody: true });
  return {
    create: (id, meeting, options) => guarded(id, () => provider.create(id, meeting, options)),
    createOrGet: (id, meeting, options) =>
      guarded(id, () => provider.createOrGet(id, meeting, options)),
    get: (id, meetingId, options) => guarded(id, () => provider.get(id, meetingId, options)),
    find: (id, key, options) => guarded(id, () => provider.find(id, key, options)),
    delete: (id, meetingId, options) => guarded(id, () => provider.delete(id, meetingId, options)),
    update: (id, meetingId, change) => guarded(id, () => provider.update(id, meetingId, change)),
  };
}

/**
 * Exchange allows four concurrent calls for each app and mailbox:
 * https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits
 */
const maxCallsAtOnce = 3;

/** Like `guardThrottling`, and keeps this instance below Exchange's limit. Exchange limits each mailbox separately. */
export function guardMailboxes(calendars: CalendarProvider, clock: Clock): CalendarProvider {
  const unthrottled = makeGuard(clock, { everybody: false });
  const inTurn = makeConcurrencyLimit(maxCallsAtOnce);
  const guarded = <T>(id: string, { deadline }: CallOptions, call: () => Promise<T>): Promise<T> =>
    inTurn({ id, deadline }, () => unthrottled(id, call));
  return {
    createEvent: (id, event, options) =>
      guarded(id, options, () => calendars.createEvent(id, event, options)),
    findEvent: (id, key, options) =>
      guarded(id, options, () => calendars.findEvent(id, key, options)),
    getEvent: (id, eventId, options) =>
      guarded(id, options, () => calendars.getEvent(id, eventId, options)),
    updateEvent: (id, eventId, update) =>
      guarded(id, update.options, () => calendars.updateEvent(id, eventId, update)),
    cancelEvent: (id, eventId, cancellation) =>
      guarded(id, cancellation.options, () => calendars.cancelEvent(id, eventId, cancellation)),
    deleteEvent: (id, eventId, options) =>
      guarded(id, options, () => calendars.deleteEvent(id, eventId, options)),
  };
}

function makeGuard(clock: Clock, { everybody }: { readonly everybody: boolean }): Guarded {
  const heldUntil = new Map<string, number>();

  function check(organizerId: string): void {
    const now = clock.now().getTime();
    for (const [id, until] of heldUntil) if (until <= now) heldUntil.delete(id);
    const own = heldUntil.get(organizerId) ?? now;
    const all = everybody && heldUntil.size > 1 ? Math.min(...heldUntil.values()) : now;
    const wait = Math.max(own, all) - now;
    if (wait > 0)
      throw new MeetingError('throttled', 'Microsoft Graph is throttling this app.', {
        retryAfterMs: wait,
      });
  }

  /** Keeps the latest time: concurrent calls may get different ones. */
  function hold(organizerId: string, until: number): void {
    heldUntil.set(organizerId, Math.max(until, heldUntil.get(organizerId) ?? until));
  }

  return async (organizerId, call) => {
    check(organizerId);
    try {
      return await call();
    } catch (thrown) {
      const { code, retryAfterMs } = toMeetingError(thrown);
      const isThrottled = code === 'throttled' || code === 'graphUnavailable';
      if (isThrottled && retryAfterMs !== undefined)
        hold(organizerId, clock.now().getTime() + retryAfterMs);
      throw thrown;
    }
  };
}

/** A waiting call of an attempt that must end by the deadline, in milliseconds since 1970. */
interface WaitingCall {
  readonly id: string;
  readonly deadline: number;
}

interface Place {
  running: number;
  readonly waiting: { readonly deadline: number; readonly enter: () => void }[];
}

/**
 * Limits the concurrent calls for one id. The attempt with the earliest deadline goes first: an attempt makes several
 * calls, and if all attempts alternated, none would end in time.
 */
function makeConcurrencyLimit(
  maxConcurrent: number,
): <T>(waiting: WaitingCall, call: () => Promise<T>) => Promise<T> {
  const busy = new Map<string, Place>();

  async function enter({ id, deadline }: WaitingCall): Promise<void> {
    const place = busy.get(id) ?? { running: 0, waiting: [] };
    busy.set(id, place);
    if (place.running < maxConcurrent) place.running += 1;
    else await new Promise<void>((resolve) => place.waiting.push({ deadline, enter: resolve }));
  }

  /** Starts the next waiting call. */
  function leave(id: string): void {
    const place = busy.get(id);
    place?.waiting.sort((one, other) => one.deadline - other.deadline);
    const next = place?.waiting.shift();
    if (next !== undefined) return next.enter();
    if (place !== undefined) place.running -= 1;
    if (place?.running === 0) busy.delete(id);
  }

  return async (waiting, call) => {
    await enter(waiting);
    try {
      return await call();
    } finally {
      leave(waiting.id);
    }
  };
}
