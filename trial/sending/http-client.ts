import { setTimeout as sleep } from 'node:timers/promises';

/** A call; POST by default. `path` is below the base URL. */
export interface HttpCall {
  readonly method?: 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** A body that is sent unchanged. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A whole answer; its body is undefined if it is empty. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface CallDependencies {
  /** Base URL of the next instance. */
  readonly url: () => string;
  readonly signal: AbortSignal;
  readonly onTry?: () => void;
}

const firstPauseMs = 300;
const maxPauseMs = 10_000;
const timeoutMs = 30_000;

/** Whether a client retries the answer; also a conflict while the same request is in progress. */
const isRetryable = ({ status, body }: HttpAnswer): boolean =>
  status === 429 ||
  (status >= 500 && status !== 501) ||
  (status === 409 && JSON.stringify(body).includes('requestInProgress'));

/** Repeats the same call until it has an answer, and honours Retry-After. */
export async function callUntilAnswered(
  call: HttpCall,
  { url, signal, onTry }: CallDependencies,
): Promise<HttpAnswer> {
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, maxPauseMs)) {
    signal.throwIfAborted();
    onTry?.();
    const tried = await tryOnce(call, url());
    if (tried !== undefined && !isRetryable(tried.answer)) return tried.answer;
    await sleep(tried?.retryAfterMs ?? pause, undefined, { signal });
  }
}

/** Undefined if the answer was incomplete. */
async function tryOnce(
  { method = 'POST', path, body, text = JSON.stringify(body), headers }: HttpCall,
  url: string,
): Promise<{ readonly answer: HttpAnswer; readonly retryAfterMs: number | undefined } | undefined> {
  try {
    const response = await fetch(`${url}/${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(text !== undefined && { body: text }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const retryAfter = response.headers.get('Retry-After');
    const content = await response.text();
    return {
      answer: { status: response.status, body: content === '' ? undefined : JSON.parse(content) },
      retryAfterMs: retryAfter === null ? undefined : Number(retryAfter) * 1000,
    };
  } catch {
    return undefined;
  }
}
