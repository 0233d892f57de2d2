import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TraceContext } from '../worker/rpc';
import type { RequestHeaders } from './request';
import type { Target } from './target';

const pattern = /^00-([0-9a-f]{32})-[0-9a-f]{16}-(0[01])$/;

/**
 * The trace context of an HTTP call. Continues the caller's trace if there is one, with the span attributes of ASP.NET
 * Core. https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span
 */
export function makeTraceContext(
  { method = 'GET', httpVersion }: IncomingMessage,
  { origin, path }: Target,
  headers: RequestHeaders,
): TraceContext {
  const { hostname, port } = new URL(origin);
  const { traceparent, tracestate, 'user-agent': userAgent = '' } = headers;
  return {
    traceParent: makeTraceParent(traceparent),
    traceState: tracestate ?? '',
    attributes: {
      'server.address': hostname,
      'server.port': port === '' ? '80' : port,
      'http.request.method': method,
      'url.scheme': 'http',
      'url.path': path,
      'network.protocol.version': httpVersion,
      ...(userAgent !== '' && { 'user_agent.original': userAgent }),
    },
  };
}

/** A traceparent for one invocation. https://www.w3.org/TR/trace-context/ */
function makeTraceParent(incoming: string | undefined): string {
  const [, traceId, flags] = pattern.exec(incoming ?? '') ?? [];
  const spanId = randomBytes(8).toString('hex');
  return `00-${traceId ?? randomBytes(16).toString('hex')}-${spanId}-${flags ?? '00'}`;
}
