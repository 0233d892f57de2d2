import { hash } from 'node:crypto';
import { maxRequestIdLength } from '../requests/limits';

/**
 * The requestId of a caller who may act only for themselves, in a space of their own: whatever key they choose, it is never
 * the id of another caller or of a system.
 */
export function ownRequestId(callerId: string, key: string): string {
  const space = `me:${callerId.toLowerCase()}:`;
  return space.length + key.length <= maxRequestIdLength
    ? `${space}${key}`
    : `${space}${hash('sha256', key, 'base64url')}`;
}

/**
 * The requestId of a call of `createOrGet`: Graph knows it by user and externalId, so that is what makes it the same request.
 * What is too long for a requestId is hashed as a whole, so that no two calls share one.
 */
export function createOrGetId(organizer: string, externalId: string): string {
  const parts = `${organizer.toLowerCase()}:${externalId}`;
  const id = `createOrGet:${parts}`;
  return id.length <= maxRequestIdLength
    ? id
    : `createOrGet:sha256:${hash('sha256', parts, 'base64url')}`;
}
