import type { HostEvent } from '../functions-host/events';
import type { LogLine } from './log-line';

/** The end of an invocation. */
export type InvocationEvent = Extract<HostEvent, { readonly type: 'invocation' }>;

/** Done, failed, or not decided yet. */
export type Mark = '✓' | '✗' | '…';

/** A line about one thing that an invocation did. */
interface OutcomeLine {
  readonly mark: Mark;
  readonly text: string;
}

/**
 * The outcome of each request, message and batch of an invocation, from the app's log lines: `✓ created q2`, `✗ failed
 * q1 organizerNotFound`, `… deferred q3 throttled 600 s`. An invocation without any gets one line, except for a timer
 * that had nothing to do.
 */
export function outcomesOf(invocation: InvocationEvent, lines: readonly LogLine[]): OutcomeLine[] {
  const told = lines.flatMap((line) => tell(line) ?? []);
  if (told.length > 0)
    return told.map(({ mark, text }) => ({ mark, text: `${text}  ${describe(invocation)}` }));
  if (invocation.trigger === 'timer' && isGood(invocation)) return [];
  const code = lines.find(({ event }) => event.startsWith('http.'))?.fields['code'];
  return [{ mark: isGood(invocation) ? '✓' : '✗', text: describe(invocation, code) }];
}

function tell({ event, fields }: LogLine): OutcomeLine | undefined {
  const { requestId, batchId, status, code, delayMs } = fields;
  switch (event) {
    case 'meeting.repeated':
      return { mark: '✓', text: join('repeated', requestId, status) };
    case 'request.deferred':
      return { mark: '…', text: join('deferred', requestId, code, toSeconds(delayMs)) };
    case 'request.refused':
      return { mark: '✗', text: join('failed', requestId, code) };
    case 'batch.accepted':
      return { mark: '✓', text: join('accepted batch', batchId, toRows(fields)) };
    case 'batch.completed':
      return { mark: '✓', text: join('completed batch', batchId, ...toCounts(fields)) };
    case 'batch.cancelled':
      return { mark: '✗', text: join('cancelled batch', batchId) };
    case 'poison.put-back':
      return { mark: '✗', text: join('put back', fields['messageId'], code) };
    default:
      return tellMeeting(event, fields);
  }
}

/** The end of a request: `meeting.<status>`. */
function tellMeeting(event: string, fields: LogLine['fields']): OutcomeLine | undefined {
  const { status, requestId, code } = fields;
  if (event !== `meeting.${String(status)}`) return undefined;
  return { mark: isFailure(status) ? '✗' : '✓', text: join(status, requestId, code) };
}

const isFailure = (status: unknown): boolean => status === 'failed' || status === 'unknown';

const describe = (
  { functionName, status, outcome, durationMs }: InvocationEvent,
  code?: unknown,
): string =>
  join(
    ...[functionName, status ?? (outcome === 'ok' ? '' : 'failed'), code],
    `${Math.round(durationMs)} ms`,
  );

const isGood = ({ outcome, status = 200 }: InvocationEvent): boolean =>
  outcome === 'ok' && status < 400;

const toSeconds = (ms: unknown): string => `${Math.round(Number(ms) / 1000)} s`;

const toRows = ({ total, rejected }: LogLine['fields']): string =>
  `${Number(total)} ${Number(total) === 1 ? 'row' : 'rows'}${Number(rejected) > 0 ? `, ${Number(rejected)} rejected` : ''}`;

/** Counts of created, existing, failed and so on, without zeros. */
const toCounts = ({ batchId: _, ...counts }: LogLine['fields']): string[] =>
  Object.entries(counts).flatMap(([name, count]) =>
    typeof count === 'number' && count > 0 ? [`${name} ${count}`] : [],
  );

const join = (...parts: readonly unknown[]): string =>
  parts.filter((part) => part !== undefined && part !== null && part !== '').join(' ');
