import type { Meeting } from './meeting';
import type { RequestLogEntry } from './request-log';

export type StoredMeeting = {
  readonly organizerId: string;
  meeting: Meeting;
  /** The requests that created the meeting or were given it by createOrGet. */
  readonly creationRequests: RequestLogEntry[];
};

/** The meetings that exist, found by id, join URL, or organizer and externalId without a scan. */
export class MeetingStore {
  readonly #byId = new Map<string, StoredMeeting>();
  readonly #byJoinWebUrl = new Map<string, StoredMeeting>();
  readonly #byExternalId = new Map<string, StoredMeeting>();
  readonly #createdInMonth = new Map<string, number>();

  add(stored: StoredMeeting): void {
    const { meeting, organizerId } = stored;
    this.#byId.set(meeting.id, stored);
    this.#byJoinWebUrl.set(toUrlKey(meeting.joinWebUrl), stored);
    if (meeting.externalId !== null) {
      this.#byExternalId.set(toExternalKey(organizerId, meeting.externalId), stored);
    }
    const month = toMonthKey(organizerId, meeting.creationDateTime);
    this.#createdInMonth.set(month, (this.#createdInMonth.get(month) ?? 0) + 1);
  }

  byId(id: string): StoredMeeting | undefined {
    return this.#byId.get(id);
  }

  byJoinWebUrl(url: string): StoredMeeting | undefined {
    return this.#byJoinWebUrl.get(toUrlKey(url));
  }

  byExternalId(organizerId: string, externalId: string): StoredMeeting | undefined {
    return this.#byExternalId.get(toExternalKey(organizerId, externalId));
  }

  /** How many the organizer has made in the calendar month of this time, deleted ones included. */
  countInMonth(organizerId: string, time: string): number {
    return this.#createdInMonth.get(toMonthKey(organizerId, time)) ?? 0;
  }

  delete({ organizerId, meeting }: StoredMeeting): void {
    this.#byId.delete(meeting.id);
    this.#byJoinWebUrl.delete(toUrlKey(meeting.joinWebUrl));
    this.#byExternalId.delete(toExternalKey(organizerId, meeting.externalId ?? ''));
  }

  list(): StoredMeeting[] {
    return [...this.#byId.values()];
  }

  clear(): void {
    this.#byId.clear();
    this.#byJoinWebUrl.clear();
    this.#byExternalId.clear();
    this.#createdInMonth.clear();
  }
}

/** Callers send the URL in a query encoded once or twice; decoded to the end, both are the same. */
function toUrlKey(url: string): string {
  try {
    const decoded = decodeURIComponent(url);
    return decoded === url ? url : toUrlKey(decoded);
  } catch {
    return url;
  }
}

function toExternalKey(organizerId: string, externalId: string): string {
  return `${organizerId} ${externalId}`;
}

function toMonthKey(organizerId: string, time: string): string {
  return `${organizerId} ${time.slice(0, 7)}`;
}
