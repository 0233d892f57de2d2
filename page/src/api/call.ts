import { CallError, type ErrorBody } from './call-error';

/** Path of the page; its endpoints are below it. */
export const pagePath = location.pathname.replace(/\/+$/, '');

const maxTries = 4;
const firstPauseMs = 1_000;

/** Makes a call and retries it; every call may be repeated. @throws CallError */
export async function call(path: string, init: RequestInit = {}): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const answer = await attempt(path, init);
    if (answer.ok) return answer;
    const isPassing = answer.status === 429 || answer.status >= 500;
    if (!isPassing || tries === maxTries) throw await toCallError(answer);
    await pause(firstPauseMs * 2 ** (tries - 1));
  }
}

async function attempt(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`${pagePath}${path}`, {
      ...init,
      redirect: 'error',
      // No other site can send this header; the app refuses calls without it.
      headers: { ...init.headers, 'X-Convoke-Page': '1' },
    });
  } catch {
    return new Response(null, { status: 503 });
  }
}

async function toCallError(answer: Response): Promise<CallError> {
  try {
    const { error } = (await answer.json()) as { error?: ErrorBody };
    return new CallError(answer.status, error);
  } catch {
    return new CallError(answer.status);
  }
}

/** Waits this many milliseconds. */
export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** Makes a call and reads its answer. @throws CallError */
export const json = async <T>(path: string, init?: RequestInit): Promise<T> =>
  (await call(path, init)).json() as Promise<T>;

/** A call that sends this body as JSON. */
export const post = (body: object, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
