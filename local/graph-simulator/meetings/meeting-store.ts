import type { Meeting } from './meeting';
import type { RequestLogEntry } from '../request-log';
import { toTicks, parseTime } from './times';

/** A meeting and its history. A deleted meeting stays in the store. */
export type StoredMeeting = {
  readonly organizerId: string;
  meeting: Meeting;
  /** The requests that created the meeting or got it from createOrGet. */
  readonly creationRequests: RequestLogEntry[];
  /** Number of changes since, through Graph or in Teams. */
  changes: number;
  isDeleted: boolean;
};

/** Whether nobody can join any more: the meeting was deleted, or its expiryDateTime has passed. */
export function isDead({ isDeleted, meeting }: StoredMeeting, now: Date): boolean {
  return isDeleted || (parseTime(meeting.expiryDateTime) ?? 0n) <= toTicks(now, 0);
}

/** The meetings, found by id, join URL, meeting id, or organizer and externalId without a scan. */
export class MeetingStore {
  readonly #byId = new Map<string, StoredMeeting>();
  readonly #byJoinWebUrl = new Map<string, StoredMeeting>();
  readonly #byJoinMeetingId = new Map<string, StoredMeeting>();
  readonly #byExternalId = new Map<string, StoredMeeting>();
  readonly #createdInMonth = new Map<string, number>();

  add(stored: StoredMeeting): void {
    const { meeting, organizerId } = stored;
    this.#byId.set(meeting.id, stored);
    this.#byJoinWebUrl.set(toUrlKey(meeting.joinWebUrl), stored);
    this.#byJoinMeetingId.set(meeting.joinMeetingIdSettings.joinMeetingId, stored);
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

  byJoinMeetingId(joinMeetingId: string): StoredMeeting | undefined {
    return this.#byJoinMeetingId.get(joinMeetingId);
  }

  /** The newest meeting with this key, even if it is dead. */
  byExternalId(organizerId: string, externalId: string): StoredMeeting | undefined {
    return this.#byExternalId.get(toExternalKey(organizerId, externalId));
  }

  /** Number of meetings that the organizer has made in the calendar month of this time, including deleted ones. */
  countInMonth(organizerId: string, time: string): number {
    return this.#createdInMonth.get(toMonthKey(organizerId, time)) ?? 0;
  }

  /** Deletes a meeting; only createOrGet still finds it. */
  delete(stored: StoredMeeting): void {
    const { meeting } = stored;
    stored.isDeleted = true;
    this.#byId.delete(meeting.id);
    this.#byJoinWebUrl.delete(toUrlKey(meeting.joinWebUrl));
    this.#byJoinMeetingId.delete(meeting.joinMeetingIdSettings.joinMeetingId);
  }

  /** All meetings except deleted ones. */
  list(): StoredMeeting[] {
    return [...this.#byId.values()];
  }

  /** All meetings, including deleted ones that createOrGet still finds. */
  all(): StoredMeeting[] {
    return [...new Set([...this.#byId.values(), ...this.#byExternalId.values()])];
  }

  clear(): void {
    this.#byId.clear();
    this.#byJoinWebUrl.clear();
    this.#byJoinMeetingId.clear();
    this.#byExternalId.clear();
    this.#createdInMonth.clear();
  }
}

/** Decodes completely, because callers encode the URL in a query once or twice. */
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
