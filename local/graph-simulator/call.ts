import type { Caller } from './tenant/authentication';
import type { EventStore } from './calendar/event-store';
import type { GraphError } from './graph-error';
import type { MeetingStore } from './meetings/meeting-store';
import type { Random } from './random';
import type { RequestLogEntry } from './request-log';
import type { Tenant } from './tenant/tenant';

/** The parts of the simulated service. */
export type GraphService = {
  readonly tenant: Tenant;
  readonly meetings: MeetingStore;
  readonly events: EventStore;
  readonly now: () => Date;
  readonly random: Random;
};

/** An HTTP request, read in full. */
export type GraphRequest = {
  readonly method: string;
  /** Without the query, not decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The parsed text; undefined if it is not JSON. */
  readonly json: unknown;
};

/** A request to one route. */
export type Call = {
  readonly request: GraphRequest;
  readonly caller: Caller;
  /** The decoded variable parts of the path. */
  readonly parameters: readonly string[];
  readonly entry: RequestLogEntry;
};

/** An answer; `error` takes the place of a body. */
export type Answer = {
  readonly status: number;
  readonly body?: object;
  /** Sent unchanged, instead of a body. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly error?: GraphError;
};

/** Answers a call. @throws GraphError that becomes the answer. */
export type RouteHandler = (call: Call, service: GraphService) => Answer;

/** Returns a header by its name in lower case; repeated values are joined with commas. */
export function header(request: Pick<GraphRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
