import { processRequest } from '../../src/meetings/messages/process-request';
import { statusOf } from '../../src/batches/results/batch-status';
import type { QueuedRequest } from '../../src/requests/parse/queue-message';
import { aRow, asBody, BatchHarness } from '../support/harness/batch-harness';
import { CoreHarness } from '../support/harness/core-harness';

/** A harness that really carries out its rows, on a Graph and a ledger that outlive it. */
class SheetHarness extends BatchHarness {
  readonly #core: CoreHarness;
  #done = 0;

  constructor(core: CoreHarness) {
    super();
    this.#core = core;
    this.time.advance(core.clock.now().getTime() - this.time.now().getTime());
  }

  override async makeMeetings(): Promise<void> {
    const rows = this.sent.slice(this.#done);
    this.#done = this.sent.length;
    for (const row of rows) {
      this.#core.clock.advance(1);
      const { metadata, ...input } = row;
      const { requestId } = row;
      const queued = { requestId, hasOwnId: true, input, metadata } as unknown as QueuedRequest;
      await processRequest(queued, {
        ...this.#core.deps,
        allowPast: true,
        results: this.deps.results,
        requests: this.deps.requests,
        isCancelled: () => Promise.resolve(false),
        isRowToken: () => Promise.resolve(true),
      });
    }
  }
}

const count = 1_000;

async function send(core: CoreHarness, rows: readonly object[]) {
  core.clock.advance(60_000);
  core.graph.calls.length = 0;
  const harness = new SheetHarness(core);
  await harness.accept({ body: asBody(rows), defaults: { action: 'upsert' } });
  await harness.run({ maxDeliveries: 2_000 });
  return { counts: statusOf(harness.batch, new Map(), new Date()).counts, calls: core.graph.calls };
}

const sheet = (changed: number): object[] =>
  Array.from({ length: count }, (_, index) =>
    aRow(
      index,
      index < changed
        ? { meeting: { subject: 'Moved', startDateTime: '2026-12-02T14:30:00' } }
        : {},
    ),
  );

test('of a thousand rows that are sent again with three changed, three reach Graph', async () => {
  const core = new CoreHarness();
  const made = await send(core, sheet(0));
  expect(made.counts).toMatchObject({ total: count, created: count });
  const again = await send(core, sheet(3));
  expect(again.counts).toMatchObject({ total: count, updated: 3, unchanged: 997 });
  expect(again.calls).toEqual(['update', 'update', 'update']);
  expect(core.graph.meetings).toHaveLength(count);
});
