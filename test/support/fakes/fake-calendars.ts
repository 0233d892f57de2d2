import { MeetingError } from '../../../src/errors/meeting-error';
import type {
  CalendarEvent,
  CalendarProvider,
  EventAnswer,
  EventChange,
  NewEvent,
} from '../../../src/meetings/calendar-provider';
import type { StoredMeeting } from '../../../src/meetings/ports';
import type { Fault, FakeGraph } from './fake-graph';

export interface FakeMail {
  readonly kind: 'invitation' | 'update' | 'cancellation';
  readonly to: string;
  /** The lobby at that moment. */
  readonly lobby: unknown;
  readonly comment?: string;
}

interface FakeEvent {
  readonly key: string;
  readonly meeting: StoredMeeting | undefined;
  stored: CalendarEvent;
  basics: EventChange;
  isDeleted: boolean;
  /** Number of reads until the link appears. */
  linkIn: number;
}

const withoutBody = ({ body: _, ...others }: Omit<NewEvent, 'key'>): EventChange => others;

/** Calendars in memory, whose online meetings are those of a fake Graph; held to the same contract as the real client. */
export class FakeCalendars implements CalendarProvider {
  readonly events: FakeEvent[] = [];
  readonly mails: FakeMail[] = [];
  readonly calls: string[] = [];
  fault: Fault = () => undefined;
  allowsTeams = true;
  /** Whether the refusal of a second event under one key names the first. */
  namesDuplicates = true;
  /** Whether a key is remembered at all. */
  keepsKeys = true;
  /** Number of reads of a new event without its link. */
  linkAfterReads = 0;
  readonly #graph: FakeGraph;

  constructor(graph: FakeGraph) {
    this.#graph = graph;
  }

  /** Its whole state as text. */
  get state(): string {
    return JSON.stringify([this.events, this.mails]);
  }

  createEvent(organizerId: string, event: NewEvent): Promise<EventAnswer> {
    return this.#call('createEvent', (): EventAnswer => {
      const known = this.events.find(({ key }) => key === event.key);
      if (known !== undefined && this.keepsKeys)
        return {
          kind: 'duplicate',
          ...(this.namesDuplicates && { eventId: known.stored.id }),
        };
      const added = this.#add(organizerId, event);
      return { kind: 'event', event: this.#seen(added) };
    });
  }

  findEvent(_organizerId: string, key: string): Promise<CalendarEvent | undefined> {
    return this.#call('findEvent', () => {
      const found = this.events.find((event) => event.key === key && !event.isDeleted);
      return found === undefined ? undefined : this.#seen(found);
    });
  }

  getEvent(_organizerId: string, eventId: string): Promise<CalendarEvent> {
    return this.#call('getEvent', () => this.#seen(this.#find(eventId)));
  }

  updateEvent(
    _organizerId: string,
    eventId: string,
    { change }: { readonly change: EventChange },
  ): Promise<CalendarEvent> {
    return this.#call('updateEvent', () => {
      const found = this.#find(eventId);
      const { attendees, ...basics } = change;
      const before = found.stored.attendees;
      const now = attendees?.map(({ address }) => address.toLowerCase()) ?? before;
      found.stored = {
        ...found.stored,
        attendees: now,
        state: { ...found.stored.state, ...basics },
      };
      found.basics = { ...found.basics, ...basics };
      const { subject, startDateTime, endDateTime } = found.basics;
      Object.assign(found.meeting ?? {}, { subject, startDateTime, endDateTime });
      this.#mail(
        found,
        'invitation',
        now.filter((address) => !before.includes(address)),
      );
      this.#mail(
        found,
        'cancellation',
        before.filter((address) => !now.includes(address)),
      );
      if (Object.keys(basics).length > 0)
        this.#mail(
          found,
          'update',
          now.filter((address) => before.includes(address)),
        );
      return this.#seen(found);
    });
  }

  cancelEvent(
    _organizerId: string,
    eventId: string,
    { comment }: { readonly comment?: string },
  ): Promise<void> {
    return this.#call('cancelEvent', () => this.remove(eventId, comment));
  }

  deleteEvent(_organizerId: string, eventId: string): Promise<void> {
    return this.#call('deleteEvent', () => this.remove(eventId));
  }

  /** Acts like a person in Outlook. */
  remove(eventId: string, comment?: string): void {
    const found = this.#find(eventId);
    found.isDeleted = true;
    this.#mail(found, 'cancellation', found.stored.attendees, comment);
    const at = this.#graph.meetings.findIndex(({ id }) => id === found.meeting?.id);
    if (at >= 0) this.#graph.meetings.splice(at, 1);
  }

  /** The current events. */
  get present(): readonly FakeEvent[] {
    return this.events.filter(({ isDeleted }) => !isDeleted);
  }

  #add(organizerId: string, { key, ...basics }: NewEvent): FakeEvent {
    const { subject, startDateTime, endDateTime } = basics;
    const meeting = this.allowsTeams
      ? this.#graph.add(organizerId, {
          ...(subject !== undefined && { subject }),
          ...(startDateTime !== undefined && { startDateTime }),
          ...(endDateTime !== undefined && { endDateTime }),
        })
      : undefined;
    const id = `event-${this.events.length + 1}`;
    const stored = {
      id,
      webLink: `https://outlook.example/${id}`,
      iCalUId: `ical-${id}`,
      isOnlineMeeting: meeting !== undefined,
      attendees: [],
      organizer: 'anna@contoso.com',
      state: { location: '', ...withoutBody(basics) },
    };
    const linkIn = this.linkAfterReads;
    const added = { key, meeting, stored, basics, isDeleted: false, linkIn };
    this.events.push(added);
    return added;
  }

  #seen(event: FakeEvent): CalendarEvent {
    const joinUrl = event.meeting?.joinWebUrl;
    event.linkIn -= 1;
    return event.linkIn >= 0 || typeof joinUrl !== 'string'
      ? event.stored
      : { ...event.stored, joinUrl };
  }

  #find(eventId: string): FakeEvent {
    const found = this.events.find(({ stored, isDeleted }) => stored.id === eventId && !isDeleted);
    if (found === undefined) throw new MeetingError('meetingNotFound', 'No such event.');
    return found;
  }

  #mail(
    { meeting }: FakeEvent,
    kind: FakeMail['kind'],
    addresses: readonly string[],
    comment?: string,
  ): void {
    const lobby = meeting?.['lobbyBypassSettings'];
    for (const to of addresses)
      this.mails.push({ kind, to, lobby, ...(comment !== undefined && { comment }) });
  }

  async #call<T>(name: string, effect: () => T): Promise<T> {
    this.calls.push(name);
    // Lets other work run here, as during a real call.
    await Promise.resolve();
    const fault = this.fault(name);
    if (fault?.before !== undefined) throw fault.before;
    const answer = effect();
    if (fault?.after !== undefined) throw fault.after;
    return answer;
  }
}
