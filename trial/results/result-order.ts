import type { ResultMessage } from './result-collector';
import type { Phase, StorageCall } from '../storage/storage-proxy';

/** Checks the order in which storage accepts results of batches and their `batchCompleted` messages. */
export class ResultOrder {
  /** Batches that were called complete before each of their rows had a result. */
  readonly tooEarly = new Set<string>();
  readonly #rows = new Map<string, Set<number>>();

  note({ method, path, body }: StorageCall, phase: Phase): void {
    if (method !== 'POST' || path !== '/meeting-results/messages') return;
    const message = messageIn(body);
    const { batchId } = message;
    if (batchId === undefined) return;
    const rows = this.#rows.get(batchId) ?? new Set();
    this.#rows.set(batchId, rows);
    if (message.type !== 'batchCompleted') {
      if (phase === 'after' && message.index !== undefined) rows.add(message.index);
    } else if (phase === 'before' && rows.size < message.counts.total) {
      this.tooEarly.add(batchId);
    }
  }
}

const characters = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'" };

/** The message in the body of a put, which is XML. */
function messageIn(body: string): ResultMessage {
  const [, text = '{}'] = /<MessageText>(.*)<\/MessageText>/s.exec(body) ?? [];
  const json = text.replaceAll(
    /&(quot|amp|lt|gt|apos);/g,
    (_, name: keyof typeof characters) => characters[name],
  );
  return JSON.parse(json) as ResultMessage;
}
