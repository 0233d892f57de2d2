import { AsyncLocalStorage } from 'node:async_hooks';

import { currentTraceId, markNotable } from './tracing';

/**
 * Structured log: a constant dotted name and flat fields. Never a token, a join link or a body. Never throws.
 * A warning or an error keeps the trace of its invocation.
 */
export interface Log {
  /**
   * A call to Microsoft Graph, as `createOrGet 201 312`: purpose, status, milliseconds. It goes into the field `graph`
   * of the next line of this invocation: a separate line would be mostly overhead.
   */
  graphCalled(call: string): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** Flat fields of a log line. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Where an invocation's log goes: the part of a Functions `InvocationContext` that this app uses. */
interface InvocationLog {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

interface Invocation {
  readonly sink: InvocationLog;
  /** Calls that no line contains yet. */
  readonly graphCalls: string[];
}

/** Application Insights cuts lines at 32 KB; each call takes about 25 bytes. */
const maxCallsInLine = 100;

const outside: Invocation = { sink: console, graphCalls: [] };
const current = new AsyncLocalStorage<Invocation>();

/** Runs `work` so that everything logged inside it belongs to this invocation. */
export const withLog = <T>(sink: InvocationLog, work: () => Promise<T>): Promise<T> =>
  current.run({ sink, graphCalls: [] }, async () => {
    try {
      return await work();
    } finally {
      logGraphCalls();
    }
  });

/** Runs `work`, one of several parts of an invocation, so that its lines list only its own calls to Graph. */
export const withOwnLines = <T>(work: () => Promise<T>): Promise<T> =>
  withLog((current.getStore() ?? outside).sink, work);

function noteGraphCall(call: string): void {
  const { graphCalls } = current.getStore() ?? outside;
  graphCalls.push(call);
  if (graphCalls.length >= maxCallsInLine) logGraphCalls();
}

/** Logs the calls that no other line contains. */
function logGraphCalls(): void {
  if ((current.getStore() ?? outside).graphCalls.length > 0) write('info', 'graph.called', {});
}

function write(level: keyof InvocationLog, event: string, fields: LogFields | undefined): void {
  try {
    if (level !== 'info') markNotable();
    const { sink, graphCalls } = current.getStore() ?? outside;
    const calls = graphCalls.splice(0);
    const graph = calls.length === 0 ? undefined : calls.join(',');
    sink[level](JSON.stringify({ event, ...fields, graph, traceId: currentTraceId() }));
  } catch {
    // A failing log must not fail the work.
  }
}

/** Writes one JSON line for each event: a constant dotted name and flat fields. */
export const log: Log = {
  graphCalled: noteGraphCall,
  info: (event, fields) => write('info', event, fields),
  warn: (event, fields) => write('warn', event, fields),
  error: (event, fields) => write('error', event, fields),
};
