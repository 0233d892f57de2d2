import type { CallOptions } from './ports';
import type { CalendarInput, Invitee } from '../requests/calendar';

/** The properties of an event in Graph that Convoke reads: https://learn.microsoft.com/graph/api/resources/event */
export interface CalendarEvent {
  readonly id: string;
  readonly webLink?: string;
  /** The id that the event has in every attendee's calendar. */
  readonly iCalUId?: string;
  /** False if the mailbox does not allow Teams. */
  readonly isOnlineMeeting: boolean;
  /** May appear a few seconds after the event. */
  readonly joinUrl?: string;
  /** Addresses of the people who are invited, in lower case. */
  readonly attendees: readonly string[];
  /** The address of the organizer, in lower case. */
  readonly organizer?: string;
  /** The current state, as far as Graph returns it. */
  readonly state: EventState;
}

/** Subject and times in UTC. */
interface EventBasics {
  readonly subject?: string;
  readonly startDateTime?: string;
  readonly endDateTime?: string;
}

/** An event to be made. It has no attendees: nobody is invited before all options are set. */
export interface NewEvent extends EventBasics, Omit<CalendarInput, 'invite'> {
  /** Key that identifies a repeated call, and finds the event. */
  readonly key: string;
}

/**
 * The properties that an update sets. Never the body: Exchange keeps the join link in it, and a body without the link
 * turns the online meeting off. https://learn.microsoft.com/graph/api/event-update
 */
export interface EventChange extends EventBasics, Omit<CalendarInput, 'invite' | 'body'> {
  /** The complete list. Exchange sends emails to people who are added or removed. */
  readonly attendees?: readonly Invitee[];
}

/** The properties that can be compared with the requested state. */
export type EventState = Omit<EventChange, 'attendees'>;

/** `duplicate`: the key was used before; with the id of that event if Graph returns it. */
export type EventAnswer =
  | { readonly kind: 'event'; readonly event: CalendarEvent }
  | { readonly kind: 'duplicate'; readonly eventId?: string };

/**
 * Calendars of organizers in Microsoft Graph. Throws `MeetingError`: `mailboxOutOfScope`, `meetingNotFound` if there is
 * no such event, and the errors of every call to Graph.
 */
export interface CalendarProvider {
  createEvent(organizerId: string, event: NewEvent, options: CallOptions): Promise<EventAnswer>;
  /** Undefined if there is no event with this key. */
  findEvent(
    organizerId: string,
    key: string,
    options: CallOptions,
  ): Promise<CalendarEvent | undefined>;
  getEvent(organizerId: string, eventId: string, options: CallOptions): Promise<CalendarEvent>;
  updateEvent(
    organizerId: string,
    eventId: string,
    update: { readonly change: EventChange; readonly options: CallOptions },
  ): Promise<CalendarEvent>;
  /** Sends the attendees a cancellation with this comment, and deletes the event. */
  cancelEvent(
    organizerId: string,
    eventId: string,
    cancellation: { readonly comment?: string; readonly options: CallOptions },
  ): Promise<void>;
  deleteEvent(organizerId: string, eventId: string, options: CallOptions): Promise<void>;
}
