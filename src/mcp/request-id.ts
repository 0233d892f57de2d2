import { createHash } from 'node:crypto';

export interface Identified {
  readonly requestId?: string | undefined;
  readonly organizer: string;
  readonly subject: string;
  readonly start: string;
}

/**
 * The given requestId, or one derived from organizer, subject and start: an assistant that tries again, in whatever
 * conversation, asks for the same meeting.
 */
export function requestIdOf({ requestId, organizer, subject, start }: Identified): string {
  if (requestId !== undefined) return requestId;
  const parts = [organizer.toLowerCase(), subject, start].map((part) => part.trim());
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `mcp-${digest.slice(0, 32)}`;
}
