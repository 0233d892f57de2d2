import { hash } from 'node:crypto';
import type { CalendarEvent } from './calendar-provider';

/** What the ledger row of a request knows of its event. */
export interface RecordedEvent {
  /** How many events of the request were deleted before this one. */
  readonly number: number;
  /** Absent until the event is there. */
  readonly id?: string;
  readonly webLink?: string;
  readonly iCalUId?: string;
  /** It goes away, or has gone: a later attempt makes another one. */
  readonly isWithdrawn?: true;
}

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
 * The key of an event in Exchange, 43 characters: its transactionId, and what it is found by. Exchange knows a key also after
 * its event was deleted, so each event of a request has its own.
 */
export const eventKeyFor = (requestId: string, { number }: RecordedEvent): string =>
  hash('sha256', `event ${number} of ${requestId}`, 'base64url');
