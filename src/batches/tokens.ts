import { hash, timingSafeEqual } from 'node:crypto';
import type { Batch } from './batch';

/** Maximum number of valid tokens of a batch: each repeated call gets a new one, because none is stored. */
const maxTokens = 10;

/** SHA-256, base64url. */
export const hashOf = (value: string | Uint8Array): string => hash('sha256', value, 'base64url');

/** The batch with one more token; drops the oldest if there are too many. */
export const withToken = (batch: Batch, token: string): Batch => ({
  ...batch,
  tokenHashes: [...batch.tokenHashes, hashOf(token)].slice(-maxTokens),
});

/**
 * Whether a message with the given token is a row of the batch that has `known`, compared in constant time. Batches
 * accepted by an earlier version have no token, and neither have their rows.
 */
export function matchRowToken(known: Batch['rowToken']): (given: string | undefined) => boolean {
  if (known === undefined) return () => true;
  const expected = Buffer.from(hashOf(known));
  return (given) => given !== undefined && timingSafeEqual(expected, Buffer.from(hashOf(given)));
}

/** Whether this token was issued for the batch, compared in constant time. */
export function isTokenOf(batch: Batch, token: string): boolean {
  const given = Buffer.from(hashOf(token));
  return batch.tokenHashes
    .map((known) => timingSafeEqual(given, Buffer.from(known)))
    .includes(true);
}
