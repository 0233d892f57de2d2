import { hash } from 'node:crypto';

/** Longest requestId, in characters. */
const maxLength = 256;

/**
 * The requestId of a call of `createOrGet`: Graph knows it by user and externalId, so that is what makes it the same request.
 * What is too long for a requestId is hashed as a whole, so that no two calls share one.
 */
export function createOrGetId(organizer: string, externalId: string): string {
  const parts = `${organizer.toLowerCase()}:${externalId}`;
  const id = `createOrGet:${parts}`;
  return id.length <= maxLength ? id : `createOrGet:sha256:${hash('sha256', parts, 'base64url')}`;
}
