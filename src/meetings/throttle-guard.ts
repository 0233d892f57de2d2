import { MeetingError, toMeetingError } from '../errors/meeting-error';
import type { Clock, MeetingProvider } from './ports';

/**
 * Pauses calls while Graph throttles: for the throttled organizer, because Graph limits meetings for each user, and for
 * everybody once two organizers are throttled at the same time.
 */
export function guardThrottling(provider: MeetingProvider, clock: Clock): MeetingProvider {
  const heldUntil = new Map<string, number>();

  function check(organizerId: string): void {
    const now = clock.now().getTime();
    for (const [id, until] of heldUntil) if (until <= now) heldUntil.delete(id);
    const own = heldUntil.get(organizerId) ?? now;
    const everybody = heldUntil.size > 1 ? Math.min(...heldUntil.values()) : now;
    const wait = Math.max(own, everybody) - now;
    if (wait > 0)
      throw new MeetingError('throttled', 'Microsoft Graph is throttling this app.', {
        retryAfterMs: wait,
      });
  }

  /** Concurrent calls may get different times. */
  function hold(organizerId: string, until: number): void {
    heldUntil.set(organizerId, Math.max(until, heldUntil.get(organizerId) ?? until));
  }

  async function guarded<T>(organizerId: string, call: () => Promise<T>): Promise<T> {
    check(organizerId);
    try {
      return await call();
    } catch (thrown) {
      const { code, retryAfterMs } = toMeetingError(thrown);
      const asked = code === 'throttled' || code === 'graphUnavailable';
      if (asked && retryAfterMs !== undefined)
        hold(organizerId, clock.now().getTime() + retryAfterMs);
      throw thrown;
    }
  }

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
