import type { CalendarEvent, CalendarProvider } from './calendar-provider';
import type { RecordedEvent } from './recorded-event';
import type { GraphDependencies } from '../dependencies';
import type { PlannedMeeting } from '../calls/planned-meeting';
import type { CallOptions } from '../ports';
import { withRetries } from '../calls/retry';
import { MeetingError, toMeetingError, type MeetingErrorCode } from '../../errors/meeting-error';

/** An event on its way: what is planned, and what the ledger row knows so far. */
export interface EventWork {
  readonly planned: PlannedMeeting;
  readonly calendars: CalendarProvider;
  readonly deps: GraphDependencies;
  /** Writes to the ledger row. @throws MeetingError when another attempt has the row now: then nobody may be invited here. */
  readonly record: (event: RecordedEvent) => Promise<void>;
}

/** A call that may be repeated whatever became of it. */
export const repeatably = <T>(
  { planned, deps }: EventWork,
  call: (options: CallOptions) => Promise<T>,
): Promise<T> =>
  withRetries(
    () => call(planned.options),
    { repeatable: true, deadline: planned.options.deadline },
    deps,
  );

/** The event as Graph has it now; undefined when somebody has deleted it. A 404 is believed when it stays. */
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

export const hasCode = (thrown: unknown, code: MeetingErrorCode): boolean =>
  toMeetingError(thrown).code === code;

/** What Graph has not done yet, and will do soon. */
export const notYet = (message: string): MeetingError =>
  new MeetingError('graphUnavailable', message, { executed: 'unknown' });
