import { AsyncLocalStorage } from 'node:async_hooks';

import { currentTraceId } from './tracing';

/** Structured log: a constant dotted name and flat fields. Never a token, a join link or a body. Never throws. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Where an invocation's log goes: the part of a Functions `InvocationContext` that this app uses. */
export interface InvocationLog {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

const current = new AsyncLocalStorage<InvocationLog>();

/** Runs `work` so that everything logged inside it belongs to this invocation. */
export const withLog = <T>(log: InvocationLog, work: () => Promise<T>): Promise<T> =>
  current.run(log, work);

function write(level: keyof InvocationLog, event: string, fields: LogFields | undefined): void {
  try {
    const sink = current.getStore() ?? console;
    sink[level](JSON.stringify({ event, ...fields, traceId: currentTraceId() }));
  } catch {
    // A failing log must not fail the work.
  }
}

/** One JSON line an event: a constant dotted name and flat fields. */
export const log: Log = {
  info: (event, fields) => write('info', event, fields),
  warn: (event, fields) => write('warn', event, fields),
  error: (event, fields) => write('error', event, fields),
};
