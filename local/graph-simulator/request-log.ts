/** The log entry of one request. */
export type RequestLogEntry = {
  readonly at: string;
  readonly method: string;
  /** As it was sent, with its query. */
  readonly path: string;
  readonly requestId: string;
  readonly clientRequestId: string;
  readonly acceptLanguage: string | null;
  readonly prefer: string | null;
  readonly traceparent: string | null;
  /** The parsed JSON, else the text. */
  readonly body: unknown;
  /** null until it is answered. */
  status: number | null;
  /** The kind of the fault that was injected. */
  fault: string | null;
  /** Whether the request changed something, independently of its answer. */
  committed: boolean;
};

/** The latest requests, oldest first. Drops the oldest. */
export class RequestLog {
  readonly #capacity: number;
  #entries: RequestLogEntry[] = [];
  #oldest = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(entry: RequestLogEntry): void {
    if (this.#entries.length < this.#capacity) {
      this.#entries.push(entry);
      return;
    }
    this.#entries[this.#oldest] = entry;
    this.#oldest = (this.#oldest + 1) % this.#capacity;
  }

  list(): RequestLogEntry[] {
    return [...this.#entries.slice(this.#oldest), ...this.#entries.slice(0, this.#oldest)];
  }

  clear(): void {
    this.#entries = [];
    this.#oldest = 0;
  }
}
