import type { CallOptions } from '../ports';
import type { CalendarInput, Invitee } from '../../requests/calendar';

/** An event as Graph has it, as far as Convoke reads it: https://learn.microsoft.com/graph/api/resources/event */
export interface CalendarEvent {
  readonly id: string;
  readonly webLink?: string;
  /** The id that the event has in every attendee's calendar. */
  readonly iCalUId?: string;
  /** False where the mailbox does not allow Teams. */
  readonly isOnlineMeeting: boolean;
  /** Can come some time after the event. */
  readonly joinUrl?: string;
  /** Addresses of the people who are invited, in lower case. */
  readonly attendees: readonly string[];
  /** The address of the organizer, in lower case. */
  readonly organizer?: string;
  /** How it is now, as far as Graph says it. */
  readonly state: EventState;
}

/** Subject and times in UTC. */
export interface EventBasics {
  readonly subject?: string;
  readonly startDateTime?: string;
  readonly endDateTime?: string;
}

/** An event to be made, without attendees: nobody is invited before all is set. */
export interface NewEvent extends EventBasics, Omit<CalendarInput, 'invite'> {
  /** By which a repetition is known, and the event is found. */
  readonly key: string;
}

/**
 * What an update sets. Never the body: Exchange keeps the join link in it, and a body without that switches the meeting off.
 * https://learn.microsoft.com/graph/api/event-update
 */
export interface EventChange extends EventBasics, Omit<CalendarInput, 'invite' | 'body'> {
  /** The whole list. Exchange mails those who are new, and those who are missing now. */
  readonly attendees?: readonly Invitee[];
}

/** What can be compared with the wanted state. */
export type EventState = Omit<EventChange, 'attendees'>;

/** `duplicate`: the key was used before, for the event with this id if Graph says so. */
export type EventAnswer =
  | { readonly kind: 'event'; readonly event: CalendarEvent }
  | { readonly kind: 'duplicate'; readonly eventId?: string };

/**
 * Calendars of organizers in Microsoft Graph. Throws `MeetingError`: `mailboxOutOfScope`, `meetingNotFound` where there is no
 * such event, and what every call to Graph can.
 */
export interface CalendarProvider {
  createEvent(organizerId: string, event: NewEvent, options: CallOptions): Promise<EventAnswer>;
  /** Undefined when there is no event with this key. */
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
