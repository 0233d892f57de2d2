import { createHash } from 'node:crypto';

/** What identifies a meeting of a tool call. */
interface Identified {
  readonly requestId?: string | undefined;
  readonly organizer?: string | undefined;
  readonly organizerPool?: string | undefined;
  readonly subject: string;
  readonly start: string;
}

/**
 * The given requestId, or one derived from organizer, subject and start. So an assistant that tries again, even in
 * another conversation, asks for the same meeting.
 */
export function requestIdOf({ requestId, subject, start, ...named }: Identified): string {
  if (requestId !== undefined) return requestId;
  const { organizer, organizerPool } = named;
  const who = organizer ?? (organizerPool === undefined ? '' : `pool:${organizerPool}`);
  const parts = [who.toLowerCase(), subject, start].map((part) => part.trim());
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `mcp-${digest.slice(0, 32)}`;
}
