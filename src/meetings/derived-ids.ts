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
 * request. They are hashed, because a requestId is logged and may be shorter than both.
 */
export const createOrGetId = (organizer: string, externalId: string): string =>
  `createOrGet:${hash('sha256', `${organizer.toLowerCase()}:${externalId}`, 'base64url')}`;
