import { hash } from 'node:crypto';
import { maxRequestIdLength } from '../requests/limits';

/**
 * The requestId of a caller who may act only for themselves. It contains their id, so no key that they choose can
 * collide with another caller's id or a system's.
 */
export function ownRequestId(callerId: string, key: string): string {
  const space = `me:${callerId.toLowerCase()}:`;
  return space.length + key.length <= maxRequestIdLength
    ? `${space}${key}`
    : `${space}${hash('sha256', key, 'base64url')}`;
}

/**
 * The requestId of a call of `createOrGet`: Graph identifies a call by user and externalId, so these identify the
 * request. If they are too long for a requestId, they are hashed together, so that no two calls share one.
 */
export function createOrGetId(organizer: string, externalId: string): string {
  const parts = `${organizer.toLowerCase()}:${externalId}`;
  const id = `createOrGet:${parts}`;
  return id.length <= maxRequestIdLength
    ? id
    : `createOrGet:sha256:${hash('sha256', parts, 'base64url')}`;
}
