import { hash } from 'node:crypto';
import { maxRequestIdLength } from '../../requests/limits';

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
