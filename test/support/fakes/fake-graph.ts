import { MeetingError } from '../../../src/errors/meeting-error';
import type { OnlineMeetingInput } from '../../../src/requests/online-meeting';
import type {
  CallOptions,
  CreatedMeeting,
  Directory,
  OrganizerRights,
  FoundMeetings,
  MeetingKey,
  MeetingProvider,
  StoredMeeting,
} from '../../../src/meetings/ports';

/** A fault of a call, before or after its effect. */
export type Fault = (
  call: string,
) => { readonly before?: Error; readonly after?: Error } | undefined;

const notFound = (): MeetingError => new MeetingError('meetingNotFound', 'No such meeting.');

/** Graph's online meetings and people in memory; held to the same contract as the real client against the simulator. */
export class FakeGraph implements MeetingProvider, Directory, OrganizerRights {
  readonly meetings: StoredMeeting[] = [];
  readonly calls: string[] = [];
  /** People known by name; object ids are always accepted. */
  readonly people = new Map<string, string>([
    ['anna@contoso.com', 'dc17674c-81d9-4adb-bfb2-8f6a442e4601'],
  ]);
  /** Why Graph refuses an organizer, by object id. */
  readonly refused = new Map<string, MeetingError>();
  fault: Fault = () => undefined;
  /** Properties omitted from the answer to a call. */
  omit: (call: string) => readonly string[] = () => [];
  /** The languages in which meetings were read. */
  readonly readIn: (string | undefined)[] = [];
  #made = 0;
  readonly #byExternalId = new Map<string, StoredMeeting>();

  /** Its whole state as text. */
  get state(): string {
    const keys = [...this.#byExternalId].map(([key, { id }]) => [key, id]);
    return JSON.stringify([this.meetings, keys, [...this.people], this.#made]);
  }

  create(organizerId: string, meeting: OnlineMeetingInput): Promise<CreatedMeeting> {
    return this.#call('create', () => ({
      meeting: this.#answer('create', this.#add(organizerId, meeting)),
      created: true,
    }));
  }

  createOrGet(
    organizerId: string,
    { externalId, ...meeting }: OnlineMeetingInput & { readonly externalId: string },
  ): Promise<CreatedMeeting> {
    const key = `${organizerId} ${externalId}`;
    return this.#call('createOrGet', () => {
      const found = this.#byExternalId.get(key);
      if (found !== undefined)
        return { meeting: this.#answer('createOrGet', found), created: false };
      const added = this.#add(organizerId, meeting);
      this.#byExternalId.set(key, added);
      return { meeting: this.#answer('createOrGet', added), created: true };
    });
  }

  get(
    _organizerId: string,
    meetingId: string,
    { language }: Pick<CallOptions, 'language'> = {},
  ): Promise<StoredMeeting> {
    this.readIn.push(language);
    return this.#call('get', () => this.#answer('get', this.#find(meetingId)));
  }

  find(_organizerId: string, { property, value }: MeetingKey): Promise<FoundMeetings> {
    return this.#call('find', () => {
      const found = this.meetings.find(({ joinWebUrl, joinMeetingIdSettings }) =>
        property === 'JoinWebUrl'
          ? joinWebUrl === value
          : joinMeetingIdSettings?.joinMeetingId === value,
      );
      if (found === undefined) throw notFound();
      return { value: [this.#answer('find', found)] };
    });
  }

  delete(_organizerId: string, meetingId: string): Promise<void> {
    return this.#call('delete', () => {
      const found = this.#find(meetingId);
      this.meetings.splice(this.meetings.indexOf(found), 1);
      for (const [key, meeting] of this.#byExternalId)
        if (meeting === found) this.#byExternalId.delete(key);
    });
  }

  update(
    _organizerId: string,
    meetingId: string,
    change: { readonly properties: OnlineMeetingInput },
  ): Promise<StoredMeeting> {
    return this.#call('update', () => {
      const found = this.#find(meetingId);
      Object.assign(found, change.properties);
      return this.#answer('update', found);
    });
  }

  findUserId(given: string): Promise<string | undefined> {
    if (/^[\da-f-]{36}$/i.test(given)) return Promise.resolve(given.toLowerCase());
    return this.#call('findUserId', () => this.people.get(given.toLowerCase()));
  }

  check(organizerId: string): Promise<void> {
    return this.#call('check', () => {
      const refusal = this.refused.get(organizerId);
      if (refusal !== undefined) throw refusal;
    });
  }

  /** A meeting that comes with an event. */
  add(organizerId: string, meeting: OnlineMeetingInput): StoredMeeting {
    return this.#add(organizerId, meeting);
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

  #answer(call: string, meeting: StoredMeeting): StoredMeeting {
    const omitted = this.omit(call);
    const entries = Object.entries(meeting).filter(([name]) => !omitted.includes(name));
    return Object.fromEntries(entries) as StoredMeeting;
  }

  #find(meetingId: string): StoredMeeting {
    const found = this.meetings.find(({ id }) => id === meetingId);
    if (found === undefined) throw notFound();
    return found;
  }

  #add(organizerId: string, meeting: OnlineMeetingInput): StoredMeeting {
    this.#made += 1;
    const id = `meeting-${this.#made}`;
    const made = {
      id,
      joinWebUrl: `https://teams.example/${id}`,
      subject: null,
      allowedPresenters: 'everyone',
      ...meeting,
      joinMeetingIdSettings: {
        ...meeting.joinMeetingIdSettings,
        joinMeetingId: `${10_000_000 + this.#made}`,
      },
      participants: {
        ...meeting.participants,
        organizer: { identity: { user: { id: organizerId } } },
      },
    } as StoredMeeting;
    this.meetings.push(made);
    return made;
  }
}
