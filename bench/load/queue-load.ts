import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueClient } from '@azure/storage-queue';
import type { MeasuredHost, Spent } from '../measured-host';
import { enqueue } from './load';
import type { BenchHarness } from '../bench-harness';

/** Messages that the host takes with one call. */
const chunk = 32;
/** Messages that wait besides those being processed: a few at all times, because Azurite slows down with long queues. */
const waiting = 3 * chunk;
/** How long results pile up, in milliseconds; they slow Azurite down too. */
const clearEveryMs = 250;

/** What the hosts did together in a second; `memoryBytes` is that of the largest host. */
export interface Sustained {
  readonly perSecond: number;
  /** Of the busiest host. */
  readonly utilization: number;
  readonly memoryBytes: number;
}

/** How a queue is kept full, and how long that is measured. */
interface Load {
  readonly seconds: number;
  /** Warm-up; not counted. */
  readonly warmUpSeconds: number;
  /** Maximum number of messages being processed on all hosts together. */
  readonly atOnce: number;
  /** Graph's latency; absent leaves it as it is. */
  readonly latencyMs?: number;
}

/** What hosts sustain with a queue that is never empty. */
export async function sustain(
  hosts: readonly MeasuredHost[],
  harness: BenchHarness,
  { seconds, warmUpSeconds, atOnce, latencyMs }: Load,
): Promise<Sustained> {
  if (latencyMs !== undefined) harness.setLatency(latencyMs);
  const stopFeeding = feed(hosts, harness.queue('meeting-requests'), atOnce + waiting);
  const stopConsuming = consume(harness.queue('meeting-results'));
  await sleep(warmUpSeconds * 1000);
  const before = doneBy(hosts);
  const spent = await Promise.all(
    hosts.map((host) =>
      host.spentOn(async () => {
        await sleep(seconds * 1000);
      }),
    ),
  );
  const done = doneBy(hosts) - before;
  if (latencyMs !== undefined) harness.setLatency(0);
  await stopFeeding();
  await stopConsuming();
  const usages = await Promise.all(hosts.map((host) => host.usage()));
  return {
    perSecond: (done * 1000) / Math.max(...spent.map(({ wallMs }: Spent) => wallMs)),
    utilization: Math.max(...spent.map(({ utilization }) => utilization)),
    memoryBytes: Math.max(...usages.map(({ memoryBytes }) => memoryBytes)),
  };
}

/** Removes results, all at once so that it costs little. Returns a function that stops it. */
export function consume(results: QueueClient): () => Promise<void> {
  const stopping = new AbortController();
  const consuming = (async () => {
    while (!stopping.signal.aborted) {
      await results.clearMessages();
      await sleep(clearEveryMs);
    }
  })();
  return async () => {
    stopping.abort();
    await consuming;
  };
}

const doneBy = (hosts: readonly MeasuredHost[]): number =>
  hosts.reduce((sum, { done }) => sum + done, 0);

/** Keeps the queue filled until stopped; then resolves once everything is done. */
function feed(
  hosts: readonly MeasuredHost[],
  queue: QueueClient,
  backlog: number,
): () => Promise<void> {
  const doneBefore = doneBy(hosts);
  let sent = 0;
  const stopping = new AbortController();
  const open = (): number => sent - (doneBy(hosts) - doneBefore);
  const feeding = (async () => {
    while (!stopping.signal.aborted) {
      if (open() >= backlog) await sleep(5);
      else {
        await enqueue(queue, chunk);
        sent += chunk;
      }
    }
  })();
  return async () => {
    stopping.abort();
    await feeding;
    while (open() > 0) await sleep(20);
  };
}
