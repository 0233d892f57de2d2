import type { CalendarEvent, CalendarProvider } from '../calendar-provider';
import type { RecordedEvent } from './recorded-event';
import type { GraphDependencies } from '../dependencies';
import type { PlannedMeeting } from '../planned-meeting';
import type { CallOptions } from '../ports';
import { withRetries } from '../calls/retry';
import { MeetingError, toMeetingError, type MeetingErrorCode } from '../../errors/meeting-error';

/** An event that is being made: the plan, and how to record its progress. */
export interface EventWork {
  readonly planned: PlannedMeeting;
  readonly calendars: CalendarProvider;
  readonly deps: GraphDependencies;
  /**
   * Writes to the ledger row. @throws MeetingError if another attempt holds the row now; then this attempt must not
   * invite anybody.
   */
  readonly record: (event: RecordedEvent) => Promise<void>;
}

/** A call that is safe to repeat, however it ended. */
export const repeatably = <T>(
  { planned, deps }: EventWork,
  call: (options: CallOptions) => Promise<T>,
): Promise<T> =>
  withRetries(
    () => call(planned.options),
    { repeatable: true, deadline: planned.options.deadline },
    deps,
  );

/** The current event in Graph; undefined if somebody has deleted it. Accepts a 404 only if it persists. */
export const readEvent = (work: EventWork, eventId: string): Promise<CalendarEvent | undefined> =>
  orUndefined(repeatably(work, (options) => getEvent(work, eventId, options)));

/** As `readEvent`, with one call. */
export const readEventOnce = (
  work: EventWork,
  eventId: string,
  options: CallOptions,
): Promise<CalendarEvent | undefined> => orUndefined(getEvent(work, eventId, options));

const getEvent = (
  { planned, calendars }: EventWork,
  eventId: string,
  options: CallOptions,
): Promise<CalendarEvent> => calendars.getEvent(planned.organizerId, eventId, options);

async function orUndefined(call: Promise<CalendarEvent>): Promise<CalendarEvent | undefined> {
  try {
    return await call;
  } catch (thrown) {
    if (hasCode(thrown, 'meetingNotFound')) return undefined;
    throw thrown;
  }
}

/** Whether a failure is a MeetingError with this code. Anything else that was thrown counts as `internalError`. */
export const hasCode = (thrown: unknown, code: MeetingErrorCode): boolean =>
  toMeetingError(thrown).code === code;

/** The error for something that Graph will do soon, but has not done yet. */
export const notYet = (message: string): MeetingError =>
  new MeetingError('graphUnavailable', message, { executed: 'unknown' });
