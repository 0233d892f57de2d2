import type { EndedSpan } from './tracing';

export type SpanExport = (spans: readonly EndedSpan[]) => Promise<void>;

export interface SpanQueueOptions {
  /** Loads the exporters; called when the first spans are sent. */
  readonly load: () => SpanExport;
  /** Spans could not be sent and are lost. */
  readonly onLoss: (spans: number, cause: unknown) => void;
}

/** Maximum number of buffered spans, about 1 KB each. */
const capacity = 4_096;
const batchSize = 512;

export interface SpanQueue {
  add(span: EndedSpan): void;
  /** Sends all buffered spans. Never throws. */
  flush(): Promise<void>;
}

/** Buffers spans until they are sent. */
export function makeSpanQueue({ load, onLoss }: SpanQueueOptions): SpanQueue {
  let spans: EndedSpan[] = [];
  let send: SpanExport | undefined;
  let overflow = 0;

  async function sendBatch(batch: readonly EndedSpan[]): Promise<void> {
    try {
      send ??= load();
      await send(batch);
    } catch (thrown) {
      onLoss(batch.length, thrown);
    }
  }

  async function flush(): Promise<void> {
    const pending = spans;
    spans = [];
    if (overflow > 0) onLoss(overflow, new Error('More spans than can be kept.'));
    overflow = 0;
    for (let index = 0; index < pending.length; index += batchSize) {
      await sendBatch(pending.slice(index, index + batchSize));
    }
  }

  return {
    add(span) {
      if (spans.length < capacity) spans.push(span);
      else overflow += 1;
    },
    flush,
  };
}
