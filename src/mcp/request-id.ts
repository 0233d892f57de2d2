import { createHash } from 'node:crypto';
import { parseTime } from '../requests/time/time';
import { findTimeZone } from '../requests/time/time-zones';

/** What identifies a meeting of a tool call. */
interface Identified {
  readonly requestId?: string | undefined;
  readonly organizer?: string | undefined;
  readonly organizerPool?: string | undefined;
  readonly subject: string;
  readonly start: string;
  readonly timeZone?: string | undefined;
}

/**
 * The given requestId, or one derived from organizer, subject and start. So an assistant that tries again, even in
 * another conversation, asks for the same meeting.
 */
export function requestIdOf({ requestId, subject, start, timeZone, ...named }: Identified): string {
  if (requestId !== undefined) return requestId;
  const { organizer, organizerPool } = named;
  const who = organizer ?? (organizerPool === undefined ? '' : `pool:${organizerPool}`);
  const parts = [who.toLowerCase(), subject, startOf(start, timeZone)].map((part) => part.trim());
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `mcp-${digest.slice(0, 32)}`;
}

/** The start in UTC, because an assistant that tries again may write it differently; a wrong one as it is. */
function startOf(start: string, timeZone = ''): string {
  const parsed = parseTime(start, { timeZone: findTimeZone(timeZone) });
  return parsed.ok ? parsed.time : start;
}
