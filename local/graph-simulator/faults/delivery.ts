import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../call';
import type { Break } from './fault-plan';
import { genericError, toErrorBody } from '../graph-error';
import type { RequestLogEntry } from '../request-log';

/** The answer to one request, recorded in its log entry. */
export type Exchange = {
  readonly response: ServerResponse;
  readonly entry: RequestLogEntry;
  readonly now: Date;
  /** Aborts when the simulator closes. */
  readonly signal: AbortSignal;
};

/** Graph's information about the machine that answered, with invented names. */
const diagnostic = JSON.stringify({
  ServerInfo: {
    DataCenter: 'Simulator',
    Slice: 'E',
    Ring: '5',
    ScaleUnit: '000',
    RoleInstance: 'SIM00000000',
  },
});

/** Sends the whole answer, and records its status. */
export function send(answer: Answer, exchange: Exchange): void {
  const { response, entry } = exchange;
  const content = toContent(answer, exchange);
  writeHead(answer, content, exchange);
  entry.status = answer.status;
  response.end(content);
}

/** Breaks the connection as the fault says. A fault before the effect has no answer to cut off. */
export async function sendBroken(
  fault: Exclude<Break, { kind: 'status' | 'omit' }>,
  answer: Answer | undefined,
  exchange: Exchange,
): Promise<void> {
  switch (fault.kind) {
    case 'drop':
      exchange.response.destroy();
      return undefined;
    case 'truncate':
      return truncate(answer ?? noAnswer, exchange);
    case 'hang':
      return hang(fault.ms, exchange);
  }
}

/** Takes the place of an answer where Graph did nothing. */
export const noAnswer: Answer = { status: 200, body: { '@odata.context': '' } };

/** Returns the answer of an injected fault; by default, its body is Graph's error for the status. */
export function toFaultAnswer(fault: Extract<Break, { kind: 'status' }>, now: Date): Answer {
  const { status, body, text, retryAfterSeconds, retryAfterDate } = fault;
  const headers: Record<string, string> = {};
  if (retryAfterSeconds !== undefined) headers['retry-after'] = String(retryAfterSeconds);
  if (retryAfterDate !== undefined) {
    headers['retry-after'] = new Date(now.getTime() + retryAfterDate * 1000).toUTCString();
  }
  if (text !== undefined) return { status, headers, text };
  const isGiven = typeof body === 'object' && body !== null;
  return { status, headers, ...(isGiven ? { body } : { error: genericError(status) }) };
}

/** The answer with some of its properties missing. */
export function withoutSome(
  answer: Answer,
  { properties = [], allBut }: Extract<Break, { kind: 'omit' }>,
): Answer {
  const isKept = (name: string): boolean =>
    allBut === undefined ? !properties.includes(name) : allBut.includes(name);
  const entries = Object.entries(answer.body ?? {}).filter(([name]) => isKept(name));
  return answer.error === undefined ? { ...answer, body: Object.fromEntries(entries) } : answer;
}

function truncate(answer: Answer, exchange: Exchange): void {
  const { response, entry } = exchange;
  const content = toContent(answer, exchange);
  writeHead(answer, content, exchange);
  entry.status = answer.status;
  response.write(content.subarray(0, content.length / 2), () => response.destroy());
}

async function hang(ms: number | undefined, { response, signal }: Exchange): Promise<void> {
  const closed = once(response, 'close');
  const limit = new AbortController();
  const waits: Promise<unknown>[] = [closed];
  if (ms !== undefined) {
    waits.push(sleep(ms, undefined, { signal: AbortSignal.any([signal, limit.signal]) }));
  }
  await Promise.race(waits).catch(() => undefined);
  limit.abort();
  response.destroy();
}

function toContent({ body, text, error }: Answer, { entry, now }: Exchange): Buffer {
  if (text !== undefined) return Buffer.from(text);
  const value = error === undefined ? body : toErrorBody(error, { now, ...entry });
  return Buffer.from(value === undefined ? '' : JSON.stringify(value));
}

function writeHead(answer: Answer, content: Buffer, { response, entry, now }: Exchange): void {
  response.writeHead(answer.status, {
    date: now.toUTCString(),
    'strict-transport-security': 'max-age=31536000',
    'request-id': entry.requestId,
    'client-request-id': entry.clientRequestId,
    'x-ms-ags-diagnostic': diagnostic,
    ...(content.length > 0 ? { 'content-type': 'application/json' } : {}),
    ...(answer.status === 204 ? {} : { 'content-length': content.length }),
    ...answer.headers,
  });
}
