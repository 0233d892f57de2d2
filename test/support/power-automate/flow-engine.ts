import type { FlowAnswer, FlowRequest } from './swagger';

/** Sends a request; tests inject network faults here. */
export type Network = (request: FlowRequest, signal: AbortSignal) => Promise<FlowAnswer>;

export interface FlowEngineOptions {
  /** Time scale of the delays: with 0.01, a second takes ten milliseconds. */
  readonly timeFactor: number;
  /** Time limit of an answer, in milliseconds; not scaled, because a busy machine may be slow. */
  readonly answerLimitMs?: number;
  readonly network?: Network;
  /** Between 0 and 1. */
  readonly random?: () => number;
}

/** Sends requests over real sockets. */
export const overHttp: Network = async ({ method, url, headers, body }, signal) => {
  const response = await fetch(url, {
    method,
    headers,
    signal,
    ...(body !== undefined && { body }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

/** Default time limit of an answer, in milliseconds: https://learn.microsoft.com/power-automate/limits-and-config */
const defaultAnswerLimitMs = 120_000;
/** https://learn.microsoft.com/azure/logic-apps/error-exception-handling#default-retry-policy */
const retries = { count: 4, stepMs: 7_500, minMs: 5_000, maxMs: 45_000 };
/** Default delay between two polls, in milliseconds. */
const pollMs = 20_000;

const isRepeated = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/**
 * The HTTP side of a flow's action, as documented: retries 408, 429, 5xx and calls over two minutes; polls the Location
 * of a 202 until another answer comes, without credentials.
 */
export class FlowEngine {
  readonly sent: FlowRequest[] = [];
  readonly #factor: number;
  readonly #answerLimitMs: number;
  readonly #network: Network;
  readonly #random: () => number;

  constructor({
    timeFactor,
    answerLimitMs = defaultAnswerLimitMs,
    network = overHttp,
    random = Math.random,
  }: FlowEngineOptions) {
    this.#factor = timeFactor;
    this.#answerLimitMs = answerLimitMs;
    this.#network = network;
    this.#random = random;
  }

  /** The last answer, whatever its status. @throws Error when no answer came at all. */
  async run(request: FlowRequest): Promise<FlowAnswer> {
    let answer = await this.#sendWithRetries(request);
    for (;;) {
      const location = answer.headers.get('location');
      if (answer.status !== 202 || location === null) return answer;
      if (!URL.canParse(location)) throw new Error(`Location is not absolute: ${location}`);
      await this.#sleep(retryAfterMs(answer) ?? pollMs);
      answer = await this.#sendWithRetries({ method: 'GET', url: location, headers: {} });
    }
  }

  async #sendWithRetries(request: FlowRequest): Promise<FlowAnswer> {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.#send(request);
      const isLast = attempt === retries.count;
      if (answer instanceof Error && isLast) throw answer;
      if (!(answer instanceof Error) && (isLast || !isRepeated(answer.status))) return answer;
      await this.#sleep(this.#delayMs(attempt, answer));
    }
  }

  async #send(request: FlowRequest): Promise<FlowAnswer | Error> {
    this.sent.push(request);
    try {
      return await this.#network(request, AbortSignal.timeout(this.#answerLimitMs));
    } catch (thrown) {
      return thrown instanceof Error ? thrown : new Error(String(thrown));
    }
  }

  #delayMs(attempt: number, answer: FlowAnswer | Error): number {
    const asked = answer instanceof Error ? undefined : retryAfterMs(answer);
    const step = retries.stepMs * 2 ** attempt * (0.5 + this.#random() / 2);
    return asked ?? Math.min(retries.maxMs, Math.max(retries.minMs, step));
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms * this.#factor));
  }
}

function retryAfterMs({ headers }: FlowAnswer): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
