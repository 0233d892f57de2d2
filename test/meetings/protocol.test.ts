import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MeetingResult } from '../../src/results/meeting-result';
import { explore, longWays, Path } from '../support/protocol/exploration';
import { KnownStates } from '../support/protocol/known-states';
import { ProtocolHarness, type Bounds } from '../support/harness/protocol/protocol-harness';

const plans = ['ensure', 'createOnce'] as const;
type Plan = (typeof plans)[number];

/** The meeting has an option that createOrGet ignores, so `ensure` takes two calls. */
const request = ({
  plan,
  named = true,
  organizer = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601',
}: Case): object => ({
  requestId: named ? 'request-1' : undefined,
  organizer,
  meeting: {
    subject: 'Parent evening',
    startDateTime: '2026-12-01T14:30:00Z',
    endDateTime: '2026-12-01T15:00:00Z',
    lobbyBypassSettings: { scope: 'everyone' },
    ...(plan === 'createOnce' && { joinMeetingIdSettings: { isPasscodeRequired: true } }),
  },
});

/** The invariant of every state. A person's confirmed retry of a createOnce allows one more meeting. */
function checkState({ graph, creates, results }: ProtocolHarness, { plan, bounds }: Case): void {
  const [meeting] = graph.meetings;
  const accepted = plan === 'createOnce' && bounds.isConfirmed ? bounds.retries : 0;
  assert.ok(graph.meetings.length <= 1 + accepted, 'There is more than one meeting.');
  assert.ok(plan === 'ensure' || creates <= 1 + accepted, 'The create was repeated.');
  for (const result of results) {
    const same = results.find((other) => isSameEnd(result, other, bounds));
    assert.equal(result.status, same?.status, 'Two results contradict each other.');
    assert.equal(result.meeting?.id, same?.meeting?.id);
    if (result.status === 'created' && accepted === 0)
      assert.equal(result.meeting?.id, meeting?.id);
    if (result.status === 'failed' && bounds.retries === 0)
      assert.equal(meeting, undefined, 'It failed, and has a meeting.');
  }
}

/** All results are equal, except those before a person's retry, which have fewer attempts. */
const isSameEnd = (one: MeetingResult, other: MeetingResult, { retries }: Bounds): boolean =>
  one.requestId === other.requestId && (retries === 0 || one.attempts === other.attempts);

/** Additional invariants of quiet states. */
async function checkEnd(harness: ProtocolHarness, check: Case): Promise<void> {
  const { results, left, answers } = harness;
  assert.equal(left, 0, 'A message is left.');
  if (check.called !== undefined) assert.equal(answers.length, check.called, 'Nobody answered.');
  const [first] = results;
  assert.ok(first !== undefined, 'There is no result.');
  assert.notEqual(first.status, 'existing', 'It is called existing, and was made for this.');
  const newest = results.toSorted((one, other) => other.attempts - one.attempts)[0];
  if (check.named !== false) await checkRow(harness, newest);
  if (check.bounds.retries === 0) checkStatus(harness, first.status, check);
}

/** The ledger has the result with the most attempts, and every published result was recorded. */
async function checkRow(
  harness: ProtocolHarness,
  newest: MeetingResult | undefined,
): Promise<void> {
  const stored = await harness.read('request-1');
  const progress = stored?.entry.progress;
  assert.equal(progress?.state, 'finished', 'The row is left open.');
  if (progress?.state === 'finished') assert.equal(progress.result.status, newest?.status);
  for (const { status, attempts } of harness.results)
    assert.ok(
      harness.recorded.some((end) => end.status === status && end.attempts === attempts),
      `${status} was published and never recorded.`,
    );
}

function checkStatus({ met, gaveUp }: ProtocolHarness, status: string, { plan }: Case): void {
  if (met.nothing) assert.equal(status, 'created');
  if (!met.breakOff && !gaveUp && !met.refusal) assert.equal(status, 'created');
  if (!met.breakOff && plan === 'createOnce') assert.notEqual(status, 'unknown');
  if (plan === 'ensure' && !gaveUp && !met.refusal) assert.equal(status, 'created');
}

interface Case {
  readonly plan: Plan;
  readonly bounds: Bounds;
  /** Number of times that the message is sent. */
  readonly sent?: number;
  /** Number of times that the request is sent over HTTP. */
  readonly called?: number;
  readonly named?: boolean;
  readonly organizer?: string;
  /** The message is a list that has the request twice. */
  readonly listed?: boolean;
}

async function follow(path: Path, check: Case, known?: KnownStates): Promise<void> {
  const { bounds, sent = 1, called = 0, listed = false } = check;
  const harness = new ProtocolHarness(path, bounds);
  const single = request(check);
  const text = JSON.stringify(listed ? [single, single] : single);
  for (let index = 0; index < sent; index += 1) harness.send(text);
  for (let index = 0; index < called; index += 1)
    harness.call({ method: 'POST', requestId: 'request-1', body: single });
  try {
    const end = await harness.run(() => checkState(harness, check), known);
    if (end === 'ended') await checkEnd(harness, check);
  } catch (error) {
    throw new Error(`${harness.trace.join('\n')}\n${String(error)}`, { cause: error });
  }
}

const bounds: Bounds = {
  troubles: 1,
  switches: 0,
  deliveries: 5,
  maxAgeMs: 86_400_000,
  kinds: ['crash', 'lost', 'answerLost', 'throttled', 'refused'],
  retries: 0,
  isConfirmed: false,
};
/** Each case with one more trouble. */
const twice: Partial<Bounds> = { troubles: 2 };
const dying: Partial<Bounds> = { deliveries: 1 };
const apart: Partial<Bounds> = { switches: 1 };
/** Time passes under a call. */
const slow: Partial<Bounds> = { kinds: ['crash', 'answerLost', 'refused', 'slow', 'late'] };
const byName = { organizer: 'anna@contoso.com' };
const retried: Partial<Bounds> = { retries: 1, deliveries: 2 };
const confirmed = { ...retried, isConfirmed: true };

/** PROTOCOL_TROUBLES=1 adds one trouble to each case, which takes long. */
const more = Number(process.env['PROTOCOL_TROUBLES'] ?? 0);
jest.setTimeout(more === 0 ? 120_000 : 7_200_000);

describe.each(plans)('the protocol of %s', (plan) => {
  test.each<[string, Partial<Bounds>, Partial<Case>]>([
    ['one delivery after another', twice, {}],
    ['two deliveries at once', apart, { sent: 2 }],
    ['a message that dies at once', { ...twice, ...dying, kinds: ['crash', 'answerLost'] }, {}],
    ['the same with any trouble', dying, {}],
    ['two messages that die at once', { ...apart, ...dying }, { sent: 2 }],
    ['a request that is too old at its second attempt', { maxAgeMs: 10_000 }, {}],
    ['a request that is known only by its message', { deliveries: 3 }, { named: false }],
    ['the same, dying at once', dying, { named: false }],
    ['a list', apart, { listed: true }],
    ['a list that dies at once', { ...apart, ...dying }, { listed: true }],
    ['a call that outlives its lease', slow, {}],
    ['two deliveries, and a call that outlives its lease', { ...slow, ...apart }, { sent: 2 }],
    ['the same of a dead message', { ...slow, ...dying }, {}],
    ['a caller over HTTP', {}, { sent: 0, called: 1 }],
    ['a caller beside a message', { ...slow, ...apart }, { called: 1 }],
    ['an organizer whose name moves', { kinds: ['moved', 'lost', 'answerLost', 'crash'] }, byName],
    ['a person who retries', retried, {}],
    ['a person who retries beside slow calls', { ...retried, ...slow }, {}],
    ['a person who accepts a second meeting', confirmed, {}],
    ['the same beside slow calls', { ...confirmed, ...slow }, {}],
  ])('keeps the promise in every state: %s', async (name, change, rest) => {
    const bounded = { ...bounds, ...change };
    const troubles = bounded.troubles + more;
    const known = new KnownStates();
    const paths = await explore((path) =>
      follow(path, { plan, bounds: { ...bounded, troubles }, ...rest }, known),
    );
    if (more > 0) process.stdout.write(`${plan}, ${name}: ${paths} paths\n`);
    expect(paths).toBeGreaterThan(10);
  });

  test('keeps the promise over many steps with many faults', async () => {
    const hard: Bounds = {
      ...bounds,
      troubles: 12,
      switches: 12,
      deliveries: 3,
      kinds: [...bounds.kinds, 'slow', 'late'],
    };
    const run = fc.assert(
      fc.asyncProperty(longWays, (given) =>
        follow(new Path(given), { plan, bounds: hard, sent: 3, called: 1 }),
      ),
      { numRuns: 300 * (1 + 10 * more) },
    );
    // Every path has its own assertions; this only checks that none has failed.
    await expect(run).resolves.toBeUndefined();
  });
});
