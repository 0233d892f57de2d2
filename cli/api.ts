import { setTimeout as sleep } from 'node:timers/promises';
import type { MeetingErrorBody } from '../src/errors/meeting-error';
import { wholeRequest } from '../src/errors/problems';
import type { Target } from './target';

/** An error of the app; `request-id` is the id by which its operator finds the failure. */
type AppError = Partial<MeetingErrorBody> & { readonly 'request-id'?: string };

/** The error of a call that the app refused. */
export class ApiError extends Error {
  readonly status: number;
  readonly error: AppError;

  constructor(status: number, error: AppError) {
    super(describeError(error) || `The app returned ${status}.`);
    this.status = status;
    this.error = error;
  }
}

/** The message, then each problem on its own line, then the remedy, and the id to report. */
export const describeError = ({
  message = '',
  details = [],
  remedy = '',
  'request-id': id = '',
}: AppError): string =>
  [
    message,
    ...details
      .filter(({ message: problem }) => problem !== message)
      .map(({ target, message: problem }) => `  ${placeOf(target)}${problem}`),
    remedy,
    id === '' ? '' : `request-id: ${id}`,
  ]
    .filter((line) => line !== '')
    .join('\n');

const placeOf = (target: string): string => (target === wholeRequest ? '' : `${target}: `);

/** A call; GET without a body by default. */
interface Call {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly body?: Uint8Array | string;
  readonly headers?: Readonly<Record<string, string>>;
}

const maxTries = 4;
const maxWaitSeconds = 120;
const timeLimitMs = 240_000;

/** The HTTP endpoints of one app. All calls are repeatable, so they are retried while the app is busy. */
export class Api {
  readonly #target: Target;
  readonly #notice: (text: string) => void;

  /** `notice` gets the reason if a call is retried. */
  constructor(target: Target, notice: (text: string) => void) {
    this.#target = target;
    this.#notice = notice;
  }

  /** `path` is relative to the app's address, or an address that the app returned. @throws ApiError */
  async call(path: string, call: Call = {}): Promise<Response> {
    const url = new URL(path, this.#target.url);
    if (url.origin !== this.#target.url.origin)
      throw new Error(`${url.origin} is not the app at CONVOKE_URL.`);
    for (let tries = 1; ; tries += 1) {
      const response = await this.#send(url, call);
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
      const isBusy = [429, 503].includes(response.status) && seconds <= maxWaitSeconds;
      if (!isBusy || tries === maxTries) return accepted(response);
      this.#notice(`The app is busy (${response.status}). Next attempt in ${seconds} s.`);
      await sleep(seconds * 1_000);
    }
  }

  async json<Body>(path: string, call: Call = {}): Promise<Body> {
    return (await (await this.call(path, call)).json()) as Body;
  }

  async #send(url: URL, { method = 'GET', body, headers }: Call): Promise<Response> {
    const authorization = await this.#target.authorization();
    try {
      return await fetch(url, {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(timeLimitMs),
        headers: { ...authorization, ...headers },
        ...(body !== undefined && { body: Buffer.from(body) }),
      });
    } catch (thrown) {
      const { cause } = thrown as Error & { readonly cause?: NodeJS.ErrnoException };
      throw new Error(
        `${url.origin} does not respond (${cause?.code ?? cause?.message ?? (thrown as Error).message}). For the local stack, run "npm start". For another app, set CONVOKE_URL.`,
        { cause: thrown },
      );
    }
  }
}

/** Over HTTP, the remedy is in `innerError`, like in Graph's errors. */
type HttpError = Partial<MeetingErrorBody> & { readonly innerError?: { readonly remedy?: string } };

async function accepted(response: Response): Promise<Response> {
  if (response.ok) return response;
  const body = (await response.json().catch(() => ({}))) as { readonly error?: HttpError };
  const id = idToReport(response);
  if (body.error === undefined)
    throw new ApiError(response.status, { ...withoutBody(response.status), ...id });
  const { innerError, ...error } = body.error;
  throw new ApiError(response.status, { remedy: innerError?.remedy ?? '', ...error, ...id });
}

/** Callers can correct other errors themselves. */
function idToReport({ status, headers }: Response): Pick<AppError, 'request-id'> {
  const id = headers.get('request-id');
  return status < 500 || id === null ? {} : { 'request-id': id };
}

/** Azure itself returns these statuses, without a body. */
const withoutBody = (status: number): Partial<MeetingErrorBody> =>
  status === 401 || status === 403
    ? {
        message: 'The app rejected your credentials.',
        remedy: 'Set CONVOKE_KEY, or CONVOKE_SIGN_IN_CLIENT_ID and sign in with az.',
      }
    : { message: `The app returned ${status}.` };
