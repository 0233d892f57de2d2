import { hash } from 'node:crypto';
import type { CalendarEvent } from '../calendar-provider';

/** The event of a request, as recorded in its ledger row. */
export interface RecordedEvent {
  /** Number of the request's events that were deleted before this one. */
  readonly number: number;
  /** Absent until the event exists. */
  readonly id?: string;
  readonly webLink?: string;
  readonly iCalUId?: string;
  /** The event is deleted or being deleted: a later attempt makes another one. */
  readonly isWithdrawn?: true;
}

/** Returns what the ledger records of an event. Its number stays. */
export const toRecord = (
  { id, webLink, iCalUId }: CalendarEvent,
  { number }: RecordedEvent,
): RecordedEvent => ({
  number,
  id,
  ...(webLink !== undefined && { webLink }),
  ...(iCalUId !== undefined && { iCalUId }),
});

/**
 * The key of an event in Exchange, 43 characters: its transactionId, and the value by which it is found. Exchange
 * remembers a key after its event was deleted, so each event of a request has another key.
 */
export const eventKeyFor = (requestId: string, { number }: RecordedEvent): string =>
  hash('sha256', `event ${number} of ${requestId}`, 'base64url');
