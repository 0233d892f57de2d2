import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rank } from '../../../src/meetings/pools/rank';
import { makeFollow, type ProtocolCase } from '../../support/harness/protocol/protocol-case';
import { ProtocolHarness, type Bounds } from '../../support/harness/protocol/protocol-harness';
import { ChangingPools, requestId } from '../../support/protocol/changing-pools';
import { explore, longWays, Path } from '../../support/protocol/exploration';
import type { HttpCall } from '../../support/protocol/http-call';
import { KnownStates } from '../../support/protocol/known-states';

const organizerPool = 'lessons';
const meeting = {
  subject: 'Piano',
  startDateTime: '2026-12-01T14:30:00Z',
  endDateTime: '2026-12-01T15:00:00Z',
};

/** All messages about the request, which names a pool. */
const messages = {
  create: { organizerPool, meeting },
  createOnce: {
    organizerPool,
    meeting: { ...meeting, joinMeetingIdSettings: { isPasscodeRequired: true } },
  },
  rename: { action: 'update', revision: 1, meeting: { subject: 'Cello' } },
  upsert: {
    action: 'upsert',
    revision: 2,
    organizerPool,
    meeting: { ...meeting, subject: 'Harp' },
  },
  cancel: { action: 'cancel', revision: 3 },
} as const;

type Name = keyof typeof messages;

const textOf = (name: Name): string => JSON.stringify({ requestId, ...messages[name] });

type Case = ProtocolCase<Name>;

const httpCallOf = (name: Name): HttpCall => ({
  method: 'POST',
  requestId,
  body: { requestId, ...messages[name] },
});

/** The invariant of every state. */
function checkState(harness: ProtocolHarness): void {
  const { graph, creates, results, organizers, forStrangers, uncounted, pools } = harness;
  assert.ok(graph.meetings.length <= 1, 'There is more than one meeting.');
  assert.ok(creates <= 1, 'The create was repeated.');
  assert.ok(organizers.length <= 1, 'Another organizer was chosen.');
  assert.deepEqual(forStrangers, [], 'Graph was asked about somebody who was not chosen.');
  assert.deepEqual(uncounted, [], 'A meeting was made before it was counted.');
  assert.ok(pools.counts.monthsOf(requestId).length <= 1, 'A meeting counts twice.');
  for (const { meeting: found, organizer } of results) {
    if (found !== null) assert.equal(organizer.id, organizers[0], 'A result names another one.');
    assert.ok(found === null || results.every((other) => isSameMeeting(found.id, other.meeting)));
  }
}

const isSameMeeting = (id: unknown, other: { readonly id?: unknown } | null): boolean =>
  other === null || other.id === id;

/** Additional invariants of quiet states. */
async function checkEnd(harness: ProtocolHarness, check: Case): Promise<void> {
  const { results, left, answers, graph, pools, organizers } = harness;
  const { sent, called = [] } = check;
  assert.equal(left, 0, 'A message is left.');
  assert.equal(answers.length, called.length, 'Nobody answered.');
  for (const name of sent) {
    const revision = 'revision' in messages[name] ? messages[name].revision : undefined;
    const own = results.filter((result) => result.revision === revision);
    assert.ok(own.length > 0, `${name} has no result.`);
  }
  const entry = (await harness.read(requestId))?.entry;
  assert.equal(entry?.progress.state, 'finished', 'The row is left open.');
  assert.equal(entry?.pending, undefined, 'A change is left open.');
  const [made] = graph.meetings;
  if (made === undefined) return checkWithoutMeeting(harness, check);
  const months = organizers.map((organizer) => `${organizer} 2026-12`);
  assert.deepEqual(pools.counts.monthsOf(requestId), months, 'The meeting does not count.');
  if (entry?.isCancelled === true)
    assert.ok(
      results.some(({ status }) => status === 'unknown'),
      'It was cancelled.',
    );
}

/** A request without a meeting was cancelled or refused, lost an answer, or waited for an exhausted pool. */
function checkWithoutMeeting({ results, met, gaveUp }: ProtocolHarness, { before, sent }: Case) {
  if ([...(before ?? []), ...sent].includes('cancel') || met.refusal || met.breakOff) return;
  assert.ok(gaveUp && met.poolChange, 'There is no meeting.');
  // The last reason for waiting.
  const reasons = ['organizerPoolExhausted', 'throttled'];
  const codes = results.map(({ error }) => error?.code ?? '');
  assert.ok(
    codes.some((code) => reasons.includes(code)),
    'It does not say why it waited.',
  );
}

/** All members leave the pool once the meeting is there. */
function everybodyLeaves({ pools }: ProtocolHarness): void {
  pools.ids = [];
}

const follow = makeFollow({
  textOf,
  httpCallOf,
  prepared: everybodyLeaves,
  checkState,
  checkEnd,
});

/** The pool changes beside any trouble of the calls. A request waits for two hours: two or three attempts. */
const bounds: Bounds = {
  troubles: 1,
  switches: 0,
  deliveries: 5,
  maxAgeMs: 2 * 3_600_000,
  kinds: ['crash', 'lost', 'answerLost', 'throttled', 'refused', 'joined', 'left', 'exhausted'],
  retries: 0,
  isConfirmed: false,
};
const breaking: Partial<Bounds> = { kinds: ['crash', 'left', 'full'] };
const apart: Partial<Bounds> = { ...breaking, switches: 1 };
const dying: Partial<Bounds> = { deliveries: 1 };
const gone = { before: ['create'] } as const;

/** PROTOCOL_TROUBLES=1 adds one trouble to each case, which takes minutes. */
const more = Number(process.env['PROTOCOL_TROUBLES'] ?? 0);
jest.setTimeout(more === 0 ? 120_000 : 7_200_000);

test.each<[string, Partial<Bounds> & Pick<Case, 'before' | 'called'>, readonly Name[]]>([
  ['an attempt breaks off and the pool changes', { ...breaking, troubles: 2 }, ['create']],
  ['the pool reaches its end', { kinds: ['exhausted', 'joined', 'left'], troubles: 2 }, ['create']],
  ['two instances choose at once', apart, ['create', 'create']],
  ['a message dies at once', dying, ['create']],
  ['a plain create breaks off', { kinds: ['crash', 'left'], troubles: 2 }, ['createOnce']],
  [
    'a caller over HTTP comes beside a message',
    { ...apart, kinds: ['crash', 'left'], called: ['create'] },
    ['create'],
  ],
  ['a person retries', { ...breaking, ...dying, retries: 1 }, ['create']],
  ['a change and a cancel overtake it', { kinds: ['crash'] }, ['rename', 'cancel', 'create']],
  ['a cancel comes beside it', apart, ['create', 'cancel']],
  ['an upsert comes beside it', { switches: 1, kinds: ['crash', 'left'] }, ['upsert', 'create']],
  [
    'the create comes after an upsert and its cancel',
    { kinds: ['crash', 'lost'] },
    ['upsert', 'cancel', 'create'],
  ],
  ['everybody has left when it is changed', gone, ['rename', 'upsert']],
  ['everybody has left when it is cancelled', gone, ['cancel']],
])('one meeting of one organizer for good: %s', async (name, given, sent) => {
  const { before = [], called = [], ...change } = given;
  const bounded = { ...bounds, ...change };
  const check = { bounds: { ...bounded, troubles: bounded.troubles + more }, before, called, sent };
  const known = new KnownStates();
  const paths = await explore((path) => follow(path, check, known));
  if (more > 0) process.stdout.write(`${name}: ${paths} paths\n`);
  expect(paths).toBeGreaterThan(3);
});

test('one meeting of one organizer over many steps with many faults', async () => {
  const hard = { ...bounds, troubles: 10, switches: 10, deliveries: 8 };
  const kinds = [...bounds.kinds, 'full', 'slow'] as const;
  const names = fc.shuffledSubarray<Name>(['create', 'rename', 'upsert', 'cancel'], {
    minLength: 1,
  });
  const run = fc.assert(
    fc.asyncProperty(names, longWays, (sent, given) =>
      follow(new Path(given), { bounds: { ...hard, kinds }, sent: ['create', ...sent] }),
    ),
    { numRuns: 100 * (1 + 30 * more) },
  );
  // Every path has its own assertions; this only checks that none has failed.
  await expect(run).resolves.toBeUndefined();
});

test('without faults, the first in rank organizes it, and the next one once they are full', async () => {
  const quiet = { ...bounds, troubles: 0 };
  const [first, second] = rank(new ChangingPools().ids, requestId);
  const organizersAfter = async (change: 'full' | undefined): Promise<readonly string[]> => {
    const harness = new ProtocolHarness(new Path([]), quiet);
    await harness.pools.change(change, Date.parse('2026-12-01T08:00:00Z'));
    harness.send(textOf('create'));
    await harness.run(() => checkState(harness));
    return harness.organizers;
  };
  expect(await organizersAfter(undefined)).toEqual([first]);
  expect(await organizersAfter('full')).toEqual([second]);
});
