import type { BatchStatus } from '../../../src/batches/results/batch-status';
import { eventually } from '../../support/harness/eventually';
import { StackHarness } from '../../support/harness/stack-harness';

const fixture = StackHarness.use();
const count = 20;

const row = (index: number, day: number, action = ''): string =>
  `lesson-${index};${action};anna@contoso.com;Lesson ${index};2026-12-${String(day).padStart(2, '0')}T14:30:00`;

const sheet = (rows: readonly string[]): string =>
  ['requestId;action;organizer;subject;startDateTime', ...rows].join('\n');

const indexes = Array.from({ length: count }, (_, index) => index);

function ended(location: string): Promise<BatchStatus> {
  const ask = async (): Promise<BatchStatus | undefined> => {
    const response = await fetch(location);
    return response.status === 200 ? ((await response.json()) as BatchStatus) : undefined;
  };
  return eventually('the end of the batch', ask, { withinMs: 60_000, everyMs: 200 });
}

async function send(rows: readonly string[], query = ''): Promise<BatchStatus> {
  const response = await fetch(
    `${fixture.stack.url}/api/batches?timeZone=Europe/Lisbon&durationMinutes=30${query}`,
    { method: 'POST', body: sheet(rows) },
  );
  return ended(response.headers.get('location') ?? '');
}

async function undo(batchId: string): Promise<BatchStatus> {
  const url = `${fixture.stack.url}/api/batches/${batchId}`;
  const response = await fetch(`${url}?meetings=true`, { method: 'DELETE' });
  expect([200, 202]).toContain(response.status);
  return ended(url);
}

/** What Graph was told since the last question. */
function changesInGraph(): readonly string[] {
  const calls = fixture.stack.graph.log.list().filter(({ method }) => method !== 'GET');
  fixture.stack.graph.log.clear();
  return calls.map(({ method }) => method);
}

test('a sheet is made, moved by sending it changed, half cancelled by a column, and undone', async () => {
  const first = await send(indexes.map((index) => row(index, 1)));
  expect(first.counts).toMatchObject({ total: count, created: count });
  changesInGraph();

  const moved = indexes.map((index) => row(index, index < 3 ? 2 : 1));
  const second = await send(moved, '&action=upsert');
  expect(second.counts).toMatchObject({ updated: 3, unchanged: count - 3 });
  expect(changesInGraph()).toEqual(['PATCH', 'PATCH', 'PATCH']);

  const half = indexes.map((index) =>
    row(index, index < 3 ? 2 : 1, index < 10 ? 'cancel' : 'upsert'),
  );
  expect((await send(half)).counts).toMatchObject({ cancelled: 10, unchanged: 10 });
  expect(fixture.stack.graph.meetings.list()).toHaveLength(10);

  expect((await undo(first.batchId)).counts).toMatchObject({ cancelled: count, created: 0 });
  expect(fixture.stack.graph.meetings.list()).toEqual([]);
  expect((await undo(first.batchId)).counts).toMatchObject({ cancelled: count });
}, 180_000);

test('an undo leaves meetings that the batch only found', async () => {
  await send([row(1_001, 5)]);
  const second = await send([row(1_001, 5), row(1_002, 5)]);
  expect(second.counts).toMatchObject({ created: 1, existing: 1 });
  expect((await undo(second.batchId)).counts).toMatchObject({ cancelled: 1, existing: 1 });
  expect(fixture.stack.graph.meetings.list()).toMatchObject([
    { meeting: { subject: 'Lesson 1001' } },
  ]);
}, 60_000);
