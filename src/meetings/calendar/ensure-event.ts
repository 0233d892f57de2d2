import { notYet, readEvent, repeatably, type EventWork } from './call-calendar';
import type { CalendarEvent, EventAnswer, NewEvent } from '../calendar-provider';
import { eventKeyFor, toRecord, type RecordedEvent } from './recorded-event';
import { MeetingError } from '../../errors/meeting-error';
import type { MeetingRequest } from '../../requests/meeting-request';

/** Finds or makes the event of the request: the recorded one, one from an earlier attempt, or a new one. */
export async function ensureEvent(work: EventWork): Promise<CalendarEvent> {
  const { planned } = work;
  const recorded = planned.event ?? { number: 0 };
  const { id } = recorded;
  if (id !== undefined && recorded.isWithdrawn !== true)
    return (await readEvent(work, id)) ?? deletedByPerson(work, recorded);
  const next = recorded.isWithdrawn === true ? await afterWithdrawal(work, recorded) : recorded;
  const key = eventKeyFor(planned.request.requestId ?? '', next);
  const event = await findOrCreate(work, key);
  await work.record(toRecord(event, next));
  return event;
}

/** Completes a withdrawal that may have stopped before the event was deleted. */
async function afterWithdrawal(work: EventWork, recorded: RecordedEvent): Promise<RecordedEvent> {
  if (recorded.id !== undefined) await remove(work, recorded.id);
  return { number: recorded.number + 1 };
}

/** Looks for an existing event first, because Exchange does not document how long it remembers a transactionId. */
async function findOrCreate(work: EventWork, key: string): Promise<CalendarEvent> {
  const { planned, calendars } = work;
  const { organizerId, request } = planned;
  const find = () => repeatably(work, (options) => calendars.findEvent(organizerId, key, options));
  const found = planned.mayHaveMeeting ? await find() : undefined;
  if (found !== undefined) return found;
  const answer = await create(work, toNewEvent(request, key));
  if (answer.kind === 'event') return answer.event;
  return (await ofDuplicate(work, answer)) ?? (await find()) ?? notFoundYet();
}

const create = (work: EventWork, event: NewEvent): Promise<EventAnswer> =>
  repeatably(work, (options) =>
    work.calendars.createEvent(work.planned.organizerId, event, options),
  );

const ofDuplicate = async (
  work: EventWork,
  { eventId }: Extract<EventAnswer, { readonly kind: 'duplicate' }>,
): Promise<CalendarEvent | undefined> =>
  eventId === undefined ? undefined : readEvent(work, eventId);

function notFoundYet(): never {
  throw notYet('The event of this request exists, but Microsoft Graph cannot find it yet.');
}

const toNewEvent = ({ meeting, calendar }: MeetingRequest, key: string): NewEvent => {
  const { invite: _, ...properties } = calendar ?? {};
  const { subject, startDateTime, endDateTime } = meeting;
  return {
    key,
    ...properties,
    ...(subject !== undefined && { subject }),
    ...(startDateTime !== undefined && { startDateTime }),
    ...(endDateTime !== undefined && { endDateTime }),
  };
};

/** Records the deletion, so that a retry makes another event. */
async function deletedByPerson(work: EventWork, recorded: RecordedEvent): Promise<never> {
  await work.record({ ...recorded, isWithdrawn: true });
  throw new MeetingError(
    'eventDeleted',
    'Somebody has deleted the event of this request from the calendar.',
  );
}

/**
 * Deletes an event to which nobody was invited. Records this first, so that no later attempt takes the event for
 * deleted by a person.
 */
export async function withdraw(work: EventWork, event: CalendarEvent): Promise<void> {
  const recorded = toRecord(event, numberOf(work));
  await work.record({ ...recorded, isWithdrawn: true });
  await remove(work, event.id);
}

/** The event as `ensureEvent` has recorded it. */
function numberOf({ planned: { event } }: EventWork): RecordedEvent {
  const { number = 0, isWithdrawn } = event ?? {};
  return { number: isWithdrawn === true ? number + 1 : number };
}

async function remove(work: EventWork, eventId: string): Promise<void> {
  const { planned, calendars } = work;
  if ((await readEvent(work, eventId)) === undefined) return;
  await repeatably(work, (options) => calendars.deleteEvent(planned.organizerId, eventId, options));
}
