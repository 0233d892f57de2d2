import type { QueuedRequest } from '../../requests/parse/queue-message';
import { withSpan } from '../../telemetry/tracing';

/** Continues the trace of the request's message. */
export const inItsTrace = <T>(
  queued: QueuedRequest,
  work: (queued: QueuedRequest) => Promise<T>,
  { isApart = false } = {},
): Promise<T> =>
  withSpan(
    { name: 'process request', parent: queued.metadata.traceparent, isApart },
    ({ traceparent }) => work({ ...queued, metadata: { ...queued.metadata, traceparent } }),
  );
