import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { explore, Path } from '../../support/protocol/exploration';
import { ProtocolHarness, type Bounds } from '../../support/harness/protocol-harness';

jest.setTimeout(600_000);

const organizer = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';
const times = { startDateTime: '2026-12-01T14:30:00Z', endDateTime: '2026-12-01T15:00:00Z' };
const laterTimes = { startDateTime: '2026-12-02T14:30:00Z', endDateTime: '2026-12-02T15:00:00Z' };
const meeting = { subject: 'Parent evening', ...times };

/** Everything that is sent about the one request. The second change leaves what the first one moves. */
const messages = {
  create: { organizer, meeting },
  createOnce: {
    organizer,
    meeting: { ...meeting, joinMeetingIdSettings: { isPasscodeRequired: true } },
  },
  move: { action: 'update', revision: 1, meeting: { subject: 'Moved', ...laterTimes } },
  rename: { action: 'update', revision: 2, meeting: { subject: 'Renamed' } },
  upsert: { action: 'upsert', revision: 2, organizer, meeting: { ...meeting, subject: 'Renamed' } },
  cancel: { action: 'cancel', revision: 3 },
} as const;

type Name = keyof typeof messages;

const textOf = (name: Name): string =>
  JSON.stringify({ requestId: 'request-1', ...messages[name] });

interface Case {
  readonly bounds: Bounds;
  readonly sent: readonly Name[];
  readonly called?: readonly Name[];
}

/** The promise, in any state on the way. */
function checkState({ graph, results, madeAfterCancel }: ProtocolHarness): void {
  assert.ok(graph.meetings.length <= 1, 'There is more than one meeting.');
  assert.deepEqual(madeAfterCancel, [], 'A meeting could have been made after the cancel.');
  for (const result of results) {
    if (isToldOfCancel(result)) continue;
    const first = results.find((other) => isSameChange(result, other) && !isToldOfCancel(other));
    assert.equal(result.status, first?.status, 'Two results contradict each other.');
    if (result.meeting !== null && first?.meeting !== null)
      assert.equal(result.meeting.id, first?.meeting.id);
  }
}

const isSameChange = (one: MeetingResult, other: MeetingResult): boolean =>
  one.revision === other.revision;

/** A copy of the create that came after the cancel. */
const isToldOfCancel = ({ status, revision }: MeetingResult): boolean =>
  status === 'cancelled' && revision === undefined;

/** What holds besides when all is quiet. */
async function checkEnd(harness: ProtocolHarness, { sent, called = [] }: Case): Promise<void> {
  const { results, left, graph } = harness;
  assert.equal(left, 0, 'A message is left.');
  const names = [...sent, ...called];
  for (const name of sent) {
    const revision = 'revision' in messages[name] ? messages[name].revision : undefined;
    assert.ok(
      results.some((result) => result.revision === revision),
      `${name} has no result.`,
    );
  }
  const entry = (await harness.read('request-1'))?.entry;
  if (entry === undefined) return assert.equal(graph.meetings.length, 0);
  assert.equal(entry.progress.state, 'finished', 'The row is left open.');
  assert.equal(entry.pending, undefined, 'A change is left open.');
  // Nobody can find the meeting of a plain create whose answer was lost.
  const isLost = results.some(({ status }) => status === 'unknown');
  if (entry.isCancelled === true)
    assert.ok(isLost || graph.meetings.length === 0, 'It was cancelled.');
  else checkMeeting(harness);
  const isRefused = harness.met.has('refused') || harness.gaveUp;
  if (names.includes('cancel') && !isRefused)
    assert.equal(entry.isCancelled, true, 'The cancel has the highest revision.');
}

/** Graph has what the highest revision wants, and what those before it wanted of the rest. */
function checkMeeting({ graph, results, gaveUp }: ProtocolHarness): void {
  // An attempt that may not call Graph cannot put right what an earlier one may have done.
  if (gaveUp) return;
  const holds = (revision: number): boolean =>
    results.some((result) => result.revision === revision && wasMade(result));
  const [found] = graph.meetings;
  if (found === undefined) return;
  const subject = holds(2) ? 'Renamed' : holds(1) ? 'Moved' : 'Parent evening';
  assert.equal(found.subject, subject, 'Graph does not have the newest subject.');
}

const wasMade = ({ status }: MeetingResult): boolean =>
  status === 'updated' || status === 'unchanged' || status === 'created';

async function follow(path: Path, check: Case): Promise<void> {
  const { bounds, sent, called = [] } = check;
  const harness = new ProtocolHarness(path, bounds);
  for (const name of sent) harness.send(textOf(name));
  for (const name of called) harness.call(textOf(name));
  try {
    await harness.run(() => checkState(harness));
    await checkEnd(harness, check);
  } catch (error) {
    throw new Error(`${sent.join(', ')}\n${harness.trace.join('\n')}\n${String(error)}`, {
      cause: error,
    });
  }
}

const quiet: Bounds = {
  troubles: 0,
  switches: 0,
  deliveries: 5,
  maxAgeMs: 86_400_000,
  kinds: ['crash', 'lost', 'answerLost', 'throttled', 'refused', 'slow'],
  retries: 0,
  isConfirmed: false,
};

function* ordersOf(names: readonly Name[]): Generator<readonly Name[]> {
  if (names.length <= 1) yield names;
  for (const [index, name] of names.entries())
    for (const rest of ordersOf(names.toSpliced(index, 1))) yield [name, ...rest];
}

const all: readonly Name[] = ['create', 'move', 'rename', 'cancel'];
const overtaken: readonly Name[] = ['cancel', 'rename', 'create', 'move'];
/** Deeper takes minutes: PROTOCOL_TROUBLES=1 adds one trouble to each. */
const more = Number(process.env['PROTOCOL_TROUBLES'] ?? 0);

test.each<[string, Partial<Bounds>, readonly (readonly Name[])[]]>([
  [
    'every order, one crash or lost answer',
    { troubles: 1, kinds: ['crash', 'answerLost'] },
    [...ordersOf(all)],
  ],
  ['any trouble', { troubles: 1 }, [all, all.toReversed(), overtaken]],
  ['every order, one switch', { switches: 1 }, [...ordersOf(all)]],
  ['dying at once', { troubles: 1, deliveries: 1 }, [all, all.toReversed(), overtaken]],
  ['an upsert in every order', { troubles: 1 }, [...ordersOf(['create', 'move', 'upsert'])]],
  ['an upsert alone, beside itself', { troubles: 1, switches: 1 }, [['upsert', 'upsert']]],
  ['two changes at once', { troubles: 1, switches: 1 }, [['create', 'move', 'rename']]],
  ['an old change again', { troubles: 1 }, [['create', 'move', 'rename', 'move']]],
  ['a cancel beside a change', { troubles: 1, switches: 1 }, [['create', 'move', 'cancel']]],
  ['a cancel beside its create', { troubles: 1, switches: 1 }, [['create', 'cancel']]],
  ['a cancel beside a plain create', { troubles: 1, switches: 1 }, [['createOnce', 'cancel']]],
  [
    'a plain create in every order',
    { troubles: 1 },
    [...ordersOf(['createOnce', 'move', 'cancel'])],
  ],
])('keeps the promise in every state: %s', async (_name, change, orders) => {
  const bounds = { ...quiet, ...change };
  let paths = 0;
  for (const sent of orders)
    paths += await explore((path) =>
      follow(path, { bounds: { ...bounds, troubles: bounds.troubles + more }, sent }),
    );
  expect(paths).toBeGreaterThan(10);
});

test('keeps the promise on long ways with much trouble', async () => {
  const choice = fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.nat({ max: 7 }) },
  );
  const bounds = { ...quiet, troubles: 8, switches: 8, deliveries: 8 };
  const names = fc.shuffledSubarray([...all, 'move', 'cancel'] as Name[], {
    minLength: 2,
  });
  const run = fc.assert(
    fc.asyncProperty(names, fc.array(choice, { maxLength: 80 }), (sent, given) =>
      follow(new Path(given), { bounds, sent: ['create', ...sent] }),
    ),
    { numRuns: 150 * (1 + 30 * more) },
  );
  // Every way ends in assertions of its own; here only that none of them failed.
  await expect(run).resolves.toBeUndefined();
});
