import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LedgerEntry } from '../../../src/meetings/ledger';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { explore, longWays, Path } from '../../support/protocol/exploration';
import { KnownStates } from '../../support/protocol/known-states';
import type { HttpCall } from '../../support/protocol/http-call';
import { makeFollow, type ProtocolCase } from '../../support/harness/protocol/protocol-case';
import {
  rowTokenOfAll,
  type Bounds,
  type ProtocolHarness,
} from '../../support/harness/protocol/protocol-harness';

const organizer = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';
const times = { startDateTime: '2026-12-01T14:30:00Z', endDateTime: '2026-12-01T15:00:00Z' };
const laterTimes = { startDateTime: '2026-12-02T14:30:00Z', endDateTime: '2026-12-02T15:00:00Z' };
const meeting = { subject: 'Parent evening', ...times };

const move = {
  action: 'update',
  revision: 1,
  meeting: { subject: 'Moved', ...laterTimes },
} as const;

const rowOf = (batchId: string) => ({ batchId, index: 0, attempts: 0, rowToken: rowTokenOfAll });

/** All messages about the request. The second change does not touch what the first one moves. */
const messages = {
  create: { organizer, meeting },
  createOnce: {
    organizer,
    meeting: { ...meeting, joinMeetingIdSettings: { isPasscodeRequired: true } },
  },
  move,
  rename: { action: 'update', revision: 2, meeting: { subject: 'Renamed' } },
  upsert: { action: 'upsert', revision: 2, organizer, meeting: { ...meeting, subject: 'Renamed' } },
  cancel: { action: 'cancel', revision: 3 },
  moveInBatchA: { ...move, metadata: rowOf('A') },
  cancelInBatchA: { action: 'cancel', revision: 3, metadata: rowOf('A') },
  moveInBatchB: { ...move, metadata: rowOf('B') },
} as const;

type Name = keyof typeof messages;

const requestId = 'request-1';
const textOf = (name: Name): string => JSON.stringify({ requestId, ...messages[name] });

/** The same over HTTP. */
function httpCallOf(name: Name): HttpCall {
  const { action = 'create', ...request } = { ...messages[name] } as { readonly action?: string };
  if (action === 'update') return { method: 'PATCH', requestId, body: request };
  if (action === 'cancel') return { method: 'DELETE', requestId, query: { revision: '3' } };
  return { method: 'POST', requestId, body: { requestId, ...messages[name] } };
}

type Case = ProtocolCase<Name>;

/** The invariant of every state. */
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

/** Additional invariants of quiet states. */
async function checkEnd(harness: ProtocolHarness, { sent, called = [] }: Case): Promise<void> {
  const { results, left, graph, answers } = harness;
  assert.equal(left, 0, 'A message is left.');
  assert.equal(answers.length, called.length, 'A caller was not answered.');
  const names = [...sent, ...called];
  for (const name of sent) {
    const { revision, metadata }: Addressed = messages[name];
    assert.ok(
      results.some((result) => result.revision === revision && isFor(metadata, result)),
      `${name} has no result.`,
    );
  }
  const entry = (await harness.read('request-1'))?.entry;
  if (entry === undefined) return assert.equal(graph.meetings.length, 0);
  assert.equal(entry.progress.state, 'finished', 'The row is left open.');
  assert.equal(entry.pending, undefined, 'A change is left open.');
  // Nobody can find the meeting of a plain create whose answer was lost.
  const isLost = results.some(({ status }) => status === 'unknown');
  assert.ok(graph.meetings.length === 1 || isGoneAsTold(results, entry), 'Nobody says it is gone.');
  if (entry.isCancelled === true)
    assert.ok(isLost || graph.meetings.length === 0, 'It was cancelled.');
  else checkMeeting(harness, names);
  const isRefused = harness.met.refusal || harness.gaveUp;
  if (names.includes('cancel') && !isRefused)
    assert.equal(entry.isCancelled, true, 'The cancel has the highest revision.');
}

/** A cancel that Graph refused after interrupted calls may have taken effect; a row that was refused with its batch may not. */
const isGoneAsTold = (results: readonly MeetingResult[], entry: LedgerEntry): boolean =>
  entry.isCancelled === true ||
  !results.some(({ status }) => status === 'created') ||
  results.some(({ status, error }) => status === 'failed' && error?.code !== 'cancelled');

/** The parts of a message that identify its result. */
interface Addressed {
  readonly meeting?: object;
  readonly revision?: number;
  readonly metadata?: ReturnType<typeof rowOf>;
}

const isFor = (row: Addressed['metadata'], { batchId }: MeetingResult): boolean =>
  row === undefined || row.batchId === batchId;

/** Graph has the values of the highest revision, and for other properties those of earlier ones. */
function checkMeeting({ graph, results, gaveUp }: ProtocolHarness, names: readonly Name[]): void {
  // An attempt that may not call Graph cannot correct the effects of an earlier one.
  if (gaveUp) return;
  const holds = (revision: number): boolean =>
    results.some((result) => result.revision === revision && wasMade(result));
  const [found] = graph.meetings;
  if (found === undefined) return;
  const subject = holds(2) ? 'Renamed' : holds(1) ? 'Moved' : 'Parent evening';
  assert.equal(found.subject, subject, 'Graph does not have the newest subject.');
  // A change that failed after interrupted calls may have taken effect.
  if (results.some(({ revision, status }) => revision === 1 && status === 'failed')) return;
  const isBack = holds(2) && names.includes('upsert');
  const { startDateTime } = holds(1) && !isBack ? laterTimes : times;
  assert.equal(found.startDateTime, startDateTime, 'Graph does not have the newest time.');
}

const wasMade = ({ status }: MeetingResult): boolean =>
  status === 'updated' || status === 'unchanged' || status === 'created';

const follow = makeFollow({ textOf, httpCallOf, checkState, checkEnd });

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
/** PROTOCOL_TROUBLES=1 adds one trouble to each case, and the cases that take minutes: this takes hours. */
const more = Number(process.env['PROTOCOL_TROUBLES'] ?? 0);
jest.setTimeout(more === 0 ? 600_000 : 7_200_000);

/** The parts of a case besides its messages. */
type Setting = Partial<Bounds> & Pick<Case, 'before' | 'called'>;
type TestCase = readonly [string, Setting, readonly (readonly Name[])[]];

const one: Setting = { troubles: 1 };
const crashing: Setting = { troubles: 1, kinds: ['crash'] };
const breaking: Setting = { troubles: 1, kinds: ['crash', 'answerLost'] };
const apart: Setting = { ...one, switches: 1 };
const made: Setting = { before: ['create'] };

const cases: readonly TestCase[] = [
  ['every order, one crash', crashing, [...ordersOf(all)]],
  ['every order, one switch', { switches: 1 }, [...ordersOf(all)]],
  ['any trouble', one, [all, overtaken]],
  ['two changes in every order', one, [...ordersOf(['create', 'move', 'rename'])]],
  ['dying at once', { ...one, deliveries: 1 }, [overtaken]],
  ['an upsert in every order', crashing, [...ordersOf(['create', 'move', 'upsert'])]],
  ['an upsert alone, beside itself', { ...breaking, switches: 1 }, [['upsert', 'upsert']]],
  ['an upsert and its cancel', crashing, [...ordersOf(['create', 'upsert', 'cancel'])]],
  ['two changes at once', { ...breaking, ...made, switches: 1 }, [['move', 'rename']]],
  [
    'one change in two batches',
    { ...breaking, ...made, switches: 1 },
    [['moveInBatchA', 'moveInBatchB']],
  ],
  [
    'a cancel in a batch that is cancelled',
    { ...made, troubles: 2, kinds: ['answerLost', 'throttled'], maySeeCancellation: true },
    [['cancelInBatchA']],
  ],
  ['an old change again', one, [['create', 'move', 'rename', 'move']]],
  ['a cancel beside a change', { ...breaking, ...made, switches: 1 }, [['move', 'cancel']]],
  ['a cancel beside its create', apart, [['create', 'cancel']]],
  ['a cancel beside a plain create', { ...breaking, switches: 1 }, [['createOnce', 'cancel']]],
  ['a plain create in every order', breaking, [...ordersOf(['createOnce', 'move', 'cancel'])]],
  [
    'a caller who changes, beside a change',
    { ...breaking, ...made, called: ['move'], switches: 1 },
    [['rename']],
  ],
  ['a caller who cancels, beside the create', { ...apart, called: ['cancel'] }, [['create']]],
  ['callers for everything', { ...crashing, called: ['move', 'cancel'] }, [['create', 'rename']]],
];

const longCases: readonly TestCase[] = [
  ['every order, any trouble', one, [...ordersOf(all)]],
  [
    'a cancel in a batch that is cancelled, two of any trouble',
    { ...made, troubles: 2, maySeeCancellation: true },
    [['cancelInBatchA']],
  ],
  ['every order, two switches', { switches: 2 }, [...ordersOf(all)]],
  [
    'every order, one crash or lost answer, one switch',
    { ...breaking, switches: 1 },
    [...ordersOf(all)],
  ],
  ['two changes in every overlap', { ...made, switches: Infinity }, [['move', 'rename']]],
  ['a cancel and a change in every overlap', { ...made, switches: Infinity }, [['move', 'cancel']]],
  ['a cancel and its create in every overlap', { switches: Infinity }, [['create', 'cancel']]],
];

test.each(more === 0 ? cases : [...cases, ...longCases])(
  'keeps the promise in every state: %s',
  async (name, { before = [], called = [], ...change }, orders) => {
    const bounds = { ...quiet, ...change };
    const troubles = bounds.troubles + (bounds.switches < Infinity ? more : 0);
    const known = new KnownStates();
    let paths = 0;
    for (const sent of orders) {
      const check = { bounds: { ...bounds, troubles }, before, sent, called };
      paths += await explore((path) => follow(path, check, known));
    }
    if (more > 0) process.stdout.write(`${name}: ${paths} paths\n`);
    expect(paths).toBeGreaterThan(10);
  },
);

test('keeps the promise over many steps with many faults', async () => {
  const bounds = { ...quiet, troubles: 8, switches: 8, deliveries: 8 };
  const names = fc.shuffledSubarray([...all, 'move', 'cancel'] as Name[], {
    minLength: 2,
  });
  const run = fc.assert(
    fc.asyncProperty(names, longWays, (sent, given) =>
      follow(new Path(given), { bounds, sent: ['create', ...sent] }),
    ),
    { numRuns: 150 * (1 + 30 * more) },
  );
  // Every path has its own assertions; this only checks that none has failed.
  await expect(run).resolves.toBeUndefined();
});
