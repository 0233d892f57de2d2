import { randomBytes } from 'node:crypto';

const pattern = /^00-([0-9a-f]{32})-[0-9a-f]{16}-(0[01])$/;

/** A traceparent for one invocation: part of the caller's trace if there is one. https://www.w3.org/TR/trace-context/ */
export function makeTraceParent(incoming: string | undefined): string {
  const [, traceId, flags] = pattern.exec(incoming ?? '') ?? [];
  const spanId = randomBytes(8).toString('hex');
  return `00-${traceId ?? randomBytes(16).toString('hex')}-${spanId}-${flags ?? '00'}`;
}
