import type { MeetingDependencies } from './dependencies';
import { MeetingError } from '../errors/meeting-error';

/** How long an attempt waits for another one at the same request before it gives up, in milliseconds. */
export const maxWaitMs = 3_000;
/** The first wait for another attempt, in milliseconds; each next wait is twice as long. */
export const firstPollMs = 50;
/** Time for the storage writes after the last call to Graph, in milliseconds. */
export const recordingMs = 30_000;

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
