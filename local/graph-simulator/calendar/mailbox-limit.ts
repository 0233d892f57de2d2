import type { Answer, GraphRequest } from '../call';
import { GraphError } from '../graph-error';

/** https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits: for each app and mailbox. */
const maxConcurrent = 4;

const ofMailbox = /^\/v1\.0\/users\/([^/]+)\/(?:events|calendar)(?:\/|$)/i;

/** Counts the concurrent calls for each mailbox, and refuses the fifth. */
export class MailboxLimit {
  readonly #underWay = new Map<string, number>();
  /** Maximum number of concurrent calls for one mailbox so far. */
  maxUnderWay = 0;
  /** Number of refused calls. */
  refused = 0;

  async run(
    { path }: Pick<GraphRequest, 'path'>,
    serve: (refusal: Answer | undefined) => Promise<void>,
  ): Promise<void> {
    const mailbox = ofMailbox.exec(path)?.[1];
    if (mailbox === undefined) return serve(undefined);
    const count = (this.#underWay.get(mailbox) ?? 0) + 1;
    this.#underWay.set(mailbox, count);
    this.maxUnderWay = Math.max(this.maxUnderWay, count);
    try {
      await serve(count > maxConcurrent ? this.#refusal() : undefined);
    } finally {
      this.#underWay.set(mailbox, (this.#underWay.get(mailbox) ?? 1) - 1);
    }
  }

  clear(): void {
    this.maxUnderWay = 0;
    this.refused = 0;
  }

  #refusal(): Answer {
    this.refused += 1;
    const message = 'Application is over its MailboxConcurrency limit.';
    const error = new GraphError(429, 'ApplicationThrottled', message);
    return { status: 429, headers: { 'retry-after': '1' }, error };
  }
}
