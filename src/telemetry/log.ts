import { AsyncLocalStorage } from 'node:async_hooks';
import type { Log, LogFields } from '../meetings/ports';
import { currentTraceId } from './tracing';

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
    // A log that fails must not fail the work it tells about.
  }
}

/** One JSON line an event: a constant dotted name and flat fields. */
export const log: Log = {
  info: (event, fields) => write('info', event, fields),
  warn: (event, fields) => write('warn', event, fields),
  error: (event, fields) => write('error', event, fields),
};
