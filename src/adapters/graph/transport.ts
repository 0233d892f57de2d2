import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { GraphClientError, type Context, type Middleware } from '@microsoft/microsoft-graph-client';
import { MeetingError } from '../../errors/meeting-error';
import type { AccessTokens } from './access-token';

/**
 * How long idle connections are kept, in milliseconds: longer than the pauses of a busy app, and shorter than servers
 * keep them, so that no server closes one just as a call begins.
 */
const idleMs = 30_000;

/** A call without a complete answer. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  /** False if no connection was made, so no part of the call has left this process. */
  readonly sent: boolean;

  constructor(sent: boolean, cause: Error) {
    super(reasonOf(cause), { cause });
    this.sent = sent;
  }
}

function reasonOf(cause: Error): string {
  if (cause.name === 'AbortError') return 'timeout';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}

/**
 * How the Graph client reaches Graph: with the app's token, only at the configured endpoint, without redirects and
 * retries. Over node:https, because `fetch` takes about three times the CPU time for such a call, closes its connections
 * after four idle seconds, and does not say whether a failed call was sent.
 */
export function makeGraphTransport(baseUrl: string, tokens: AccessTokens): Middleware {
  const secure = new URL(baseUrl).protocol === 'https:';
  const agent = new (secure ? HttpsAgent : HttpAgent)({ keepAlive: true, timeout: idleMs });
  return {
    async execute(context) {
      const { signal } = context.options ?? {};
      try {
        const token = await inTime(tokens.get(), signal);
        // The client returns it untouched when the caller asks for the raw answer.
        context.response = (await call(context, token, { secure, agent })) as unknown as Response;
      } catch (thrown) {
        carryThrough(thrown);
      }
    },
  };
}

/** A call whose deadline has passed is not sent, so it certainly had no effect. */
function inTime<T>(work: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    const giveUp = (): void =>
      reject(
        new MeetingError(
          'graphUnavailable',
          'There was not enough time left to call Microsoft Graph.',
        ),
      );
    if (signal?.aborted === true) giveUp();
    else signal?.addEventListener('abort', giveUp, { once: true });
  });
  return Promise.race([late, work]);
}

/** Replaces `Response`, which costs as much to create as reading the socket does. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

interface Connections {
  readonly secure: boolean;
  readonly agent: HttpAgent;
}

function call(
  { request: url, options = {} }: Context,
  token: string,
  { secure, agent }: Connections,
): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  let sent = false;
  const fail = (cause: Error): void => reject(new NoAnswerError(sent, cause));
  const outgoing = (secure ? httpsRequest : httpRequest)(url as string, {
    agent,
    method: options.method ?? 'GET',
    headers: { ...(options.headers as Record<string, string>), Authorization: `Bearer ${token}` },
    ...(options.signal && { signal: options.signal }),
  });
  outgoing.once('socket', (socket) => {
    const markSent = (): void => void (sent = true);
    if (outgoing.reusedSocket) markSent();
    else socket.once(secure ? 'secureConnect' : 'connect', markSent);
  });
  outgoing.once('error', fail);
  outgoing.once('response', (answer) => {
    const { statusCode: status = 0, headers } = answer;
    readAll(answer, fail, (text) => resolve({ status, headers, text }));
  });
  outgoing.end(options.body);
  return promise;
}

function readAll(
  answer: IncomingMessage,
  fail: (cause: Error) => void,
  done: (text: string) => void,
): void {
  let text = '';
  answer.setEncoding('utf8');
  answer.on('data', (chunk: string) => (text += chunk));
  answer.once('end', () => done(text)).once('error', fail);
}

/** Wraps the cause in the client's own error class: the client changes all other errors. */
function carryThrough(cause: unknown): never {
  const error = new GraphClientError('The request failed.');
  error.customError = cause;
  throw error;
}
