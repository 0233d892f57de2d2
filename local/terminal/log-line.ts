import type { HostEvent } from '../functions-host/events';

/** A line of the app's log, as the host passes it on. */
export type LogEvent = Extract<HostEvent, { readonly type: 'log' }>;

/** A line of the app's structured log, as `src/telemetry/log.ts` writes it. */
export interface LogLine {
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Undefined if the text is not such a line. */
export function parseLogLine(text: string): LogLine | undefined {
  try {
    const { event, ...fields } = JSON.parse(text) as Record<string, unknown>;
    return typeof event === 'string' ? { event, fields } : undefined;
  } catch {
    return undefined;
  }
}

/** A log line for people: the event, then its fields without ids that only machines need. */
export function formatLog({ message, level }: LogEvent): string {
  const line = parseLogLine(message);
  if (line === undefined) return message;
  const fields = Object.entries(line.fields).filter(
    ([name, value]) => value !== null && !traceFields.has(name),
  );
  const text = fields.map(([name, value]) => `${name}=${toText(value)}`).join(' ');
  return `${level === 'information' ? '' : `${level} `}${line.event} ${text}`.trimEnd();
}

const traceFields = new Set(['traceId', 'clientRequestId', 'graphRequestId']);

const toText = (value: unknown): string =>
  typeof value === 'string' && /^\S+$/.test(value) ? value : JSON.stringify(value);
