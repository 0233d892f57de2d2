import type { QueuedRequest } from '../../requests/parse/queue-message';
import { withSpan } from '../../telemetry/tracing';

/** Continues the trace that the request came with. */
export const inItsTrace = <T>(
  queued: QueuedRequest,
  work: (queued: QueuedRequest) => Promise<T>,
  { isApart = false } = {},
): Promise<T> =>
  withSpan(
    { name: 'process request', parent: queued.metadata.traceparent, isApart },
    ({ traceparent }) => work({ ...queued, metadata: { ...queued.metadata, traceparent } }),
  );
