import { hash } from 'node:crypto';
import { maxRequestIdLength } from './limits';

const join = (space: string, key: string): string =>
  space.length + key.length <= maxRequestIdLength
    ? `${space}${key}`
    : `${space}${hash('sha256', key, 'base64url')}`;

/**
 * The requestId of a caller who may act only for themselves, in a space of their own: whatever key they choose, it is never
 * the id of another caller or of a system.
 */
export const ownRequestId = (callerId: string, key: string): string =>
  join(`me:${callerId.toLowerCase()}:`, key);

/** Graph knows a createOrGet by user and externalId, so that is what makes it the same request. */
export const createOrGetKey = (organizer: string, externalId: string): string =>
  join('createOrGet:', `${organizer.toLowerCase()}:${externalId}`);
