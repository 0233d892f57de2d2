import type { StoredMeeting } from '../meetings/meeting-store';
import type { RequestLogEntry } from '../request-log';
import type { TenantUser } from '../tenant/tenant-state';
import type { CalendarEvent } from './event';

/** An event of one mailbox. */
export type StoredEvent = {
  readonly organizer: TenantUser;
  event: CalendarEvent;
  /** Absent if the mailbox does not allow Teams, or the meeting was turned off. */
  meeting: StoredMeeting | undefined;
  readonly transactionId: string | null;
  readonly extendedProperties: readonly { readonly id: string; readonly value: string }[];
  readonly creationRequests: RequestLogEntry[];
  changes: number;
  isDeleted: boolean;
};

/** An email that Exchange would have sent. */
export type Mail = {
  readonly kind: 'invitation' | 'update' | 'cancellation';
  readonly to: string;
  readonly from: string;
  readonly subject: string | null;
  readonly eventId: string;
  readonly sentDateTime: string;
  /** The organizer's comment in a cancellation. */
  readonly comment: string | null;
  /** The lobby of the meeting at the moment of sending: an email cannot be recalled. */
  readonly lobby: string | null;
  readonly joinUrl: string | null;
};

/** The events of all mailboxes, and the emails about them. */
export class EventStore {
  readonly #byId = new Map<string, StoredEvent>();
  readonly #byTransaction = new Map<string, StoredEvent>();
  readonly mails: Mail[] = [];

  add(stored: StoredEvent): void {
    this.#byId.set(stored.event.id, stored);
    const { transactionId } = stored;
    if (transactionId !== null)
      this.#byTransaction.set(`${stored.organizer.id} ${transactionId}`, stored);
  }

  byId(id: string): StoredEvent | undefined {
    return this.#byId.get(id);
  }

  /** Exchange remembers a transactionId even after its event was deleted. */
  byTransaction(organizerId: string, transactionId: string): StoredEvent | undefined {
    return this.#byTransaction.get(`${organizerId} ${transactionId}`);
  }

  /** All events except deleted ones. */
  list(): StoredEvent[] {
    return [...this.#byId.values()].filter(({ isDeleted }) => !isDeleted);
  }

  clear(): void {
    this.#byId.clear();
    this.#byTransaction.clear();
    this.mails.length = 0;
  }
}
