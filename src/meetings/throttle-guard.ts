import { MeetingError, toMeetingError } from '../errors/meeting-error';
import type { Clock, MeetingProvider } from './ports';

/**
 * Holds off Graph while it asks for that, so that an instance does not keep knocking: by organizer first, since Graph limits
 * meetings for each user, and for everybody once two organizers at a time are held off.
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
      throw new MeetingError('throttled', 'Microsoft Graph has asked to slow down.', {
        retryAfterMs: wait,
      });
  }

  /** Calls that were under way together may be told different times. */
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
    update: (id, meetingId, change) => guarded(id, () => provider.update(id, meetingId, change)),
  };
}
