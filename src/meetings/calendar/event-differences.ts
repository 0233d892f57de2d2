import type { CalendarEvent, EventChange, EventState } from '../calendar-provider';
import { inviteesOf, notInvited } from './invitees';
import type { MeetingRequest } from '../../requests/meeting-request';

type Requested = Pick<MeetingRequest, 'meeting' | 'calendar'>;

/** The changes that make an event as requested. Never its body, because Exchange keeps the join link in it. */
export function differences(requested: Requested, event: CalendarEvent): EventChange {
  const { body: _, invite: __, ...calendar } = requested.calendar ?? {};
  const { subject, startDateTime, endDateTime } = requested.meeting;
  const all: EventState = { ...calendar, ...present({ subject, startDateTime, endDateTime }) };
  const differing = Object.entries(all).filter(
    ([name, value]) => canonical(value) !== canonical(event.state[name as keyof EventState]),
  );
  const change: EventChange = Object.fromEntries(differing);
  const isMoved = change.startDateTime !== undefined || change.endDateTime !== undefined;
  return {
    ...change,
    ...(isMoved && present({ startDateTime, endDateTime })),
    ...(isInvitedOtherwise(requested, event) && { attendees: inviteesOf(requested) }),
  };
}

const present = <T extends object>(given: T): { [Name in keyof T]?: NonNullable<T[Name]> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: NonNullable<T[Name]>;
  };

/** A comparable text: Exchange keeps neither the order of categories nor fractions of a second. */
function canonical(value: unknown): string | undefined {
  if (Array.isArray(value))
    return JSON.stringify(value.map(String).toSorted((one, other) => (one < other ? -1 : 1)));
  return JSON.stringify(typeof value === 'string' ? value.replace(/\.0+Z$/, 'Z') : value);
}

/** Whether the attendees differ. Ignores the organizer, who always takes part. */
function isInvitedOtherwise(requested: Requested, event: CalendarEvent): boolean {
  const isOther = (address: string): boolean => address.toLowerCase() !== event.organizer;
  const people = inviteesOf(requested).filter(({ address }) => isOther(address));
  const addresses = new Set(people.map(({ address }) => address.toLowerCase()));
  const added = event.attendees.filter((address) => isOther(address) && !addresses.has(address));
  return added.length > 0 || notInvited(people, event).length > 0;
}
