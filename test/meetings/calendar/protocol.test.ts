import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { makeFollow, type ProtocolCase } from '../../support/harness/protocol/protocol-case';
import type { Bounds, ProtocolHarness } from '../../support/harness/protocol/protocol-harness';
import { explore, longWays, Path } from '../../support/protocol/exploration';
import { KnownStates } from '../../support/protocol/known-states';

const organizer = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';
const times = { startDateTime: '2026-12-01T14:30:00Z', endDateTime: '2026-12-01T15:00:00Z' };
const lobby = { scope: 'everyone' };

/** All messages about the meeting, to which one person is invited, and later another. */
const messages = {
  create: {
    organizer,
    meeting: { subject: 'Parent evening', ...times, lobbyBypassSettings: lobby },
    calendar: { invite: ['parent@example.org'] },
  },
  rename: { action: 'update', revision: 1, meeting: { subject: 'Renamed' } },
  invite: {
    action: 'update',
    revision: 2,
    meeting: {},
    calendar: { invite: ['parent@example.org', 'ben@contoso.com'] },
  },
  cancel: { action: 'cancel', revision: 3 },
} as const;

type Name = keyof typeof messages;

const textOf = (name: Name): string =>
  JSON.stringify({ requestId: 'request-1', ...messages[name] });

type Case = ProtocolCase<Name>;

/** The invariant of every state. */
function checkState({ calendars, results, madeAfterCancel }: ProtocolHarness): void {
  assert.ok(calendars.present.length <= 1, 'There are two events.');
  assert.deepEqual(madeAfterCancel, [], 'An event could have been made after the cancel.');
  const invitations = calendars.mails.filter(({ kind }) => kind === 'invitation');
  const people = invitations.map(({ to }) => to);
  assert.equal(new Set(people).size, people.length, 'Somebody was invited twice.');
  for (const mail of invitations)
    assert.equal(JSON.stringify(mail.lobby), JSON.stringify(lobby), 'The lobby was still wrong.');
  for (const result of results) {
    const first = results.find((other) => isSame(result, other));
    assert.equal(result.status, first?.status, 'Two results contradict each other.');
  }
}

/** A copy of the create that came after the cancel says so. */
const isSame = (one: MeetingResult, other: MeetingResult): boolean =>
  one.revision === other.revision &&
  (one.status === 'cancelled') === (other.status === 'cancelled');

/** Additional invariants of quiet states. */
async function checkEnd(harness: ProtocolHarness, { sent, before = [] }: Case): Promise<void> {
  const { calendars, graph, results, left, met, gaveUp } = harness;
  assert.equal(left, 0, 'A message is left.');
  for (const name of sent) {
    const revision = 'revision' in messages[name] ? messages[name].revision : undefined;
    assert.ok(
      results.some((result) => result.revision === revision),
      `${name} has no result.`,
    );
  }
  const entry = (await harness.read('request-1'))?.entry;
  assert.equal(entry?.progress.state, 'finished', 'The row is left open.');
  assert.equal(entry?.pending, undefined, 'A change is left open.');
  if (gaveUp || met.refusal) return;
  const isCancelled = [...before, ...sent].includes('cancel');
  assert.equal(calendars.present.length, isCancelled ? 0 : 1);
  assert.equal(graph.meetings.length, isCancelled ? 0 : 1);
  if (isCancelled) return;
  const isRenamed = results.some(({ revision, status }) => revision === 1 && status === 'updated');
  assert.equal(graph.meetings[0]?.subject, isRenamed ? 'Renamed' : 'Parent evening');
  const people = calendars.mails.flatMap(({ kind, to }) => (kind === 'invitation' ? [to] : []));
  assert.ok(people.includes('parent@example.org'), 'Nobody was invited.');
}

const follow = makeFollow({ textOf, checkState, checkEnd });

const base: Bounds = {
  troubles: 1,
  switches: 0,
  deliveries: 5,
  maxAgeMs: 86_400_000,
  kinds: ['crash', 'lost', 'answerLost', 'throttled', 'refused', 'slow'],
  retries: 0,
  isConfirmed: false,
};

/** PROTOCOL_TROUBLES=1 adds one trouble to each case, which takes minutes. */
const more = Number(process.env['PROTOCOL_TROUBLES'] ?? 0);
jest.setTimeout(more === 0 ? 120_000 : 7_200_000);

const made = { before: ['create'] } as const;

test.each<[string, Partial<Bounds> & Pick<Case, 'before'>, readonly Name[]]>([
  ['the event is made', {}, ['create']],
  ['the message dies at once', { deliveries: 1 }, ['create']],
  ['it is delivered to two instances', { kinds: ['crash'], switches: 1 }, ['create', 'create']],
  ['its subject changes', made, ['rename']],
  ['one more person is invited', made, ['invite']],
  ['it is cancelled', made, ['cancel']],
  ['it is cancelled beside its create', { troubles: 0, switches: 1 }, ['create', 'cancel']],
  ['changes overtake each other', { ...made, kinds: ['crash'] }, ['invite', 'rename', 'create']],
])(
  'one event, one invitation a person, whatever breaks when %s',
  async (name, { before = [], ...change }, sent) => {
    const bounds = { ...base, ...change };
    const check = { bounds: { ...bounds, troubles: bounds.troubles + more }, before, sent };
    const known = new KnownStates();
    const paths = await explore((path) => follow(path, check, known));
    if (more > 0) process.stdout.write(`${name}: ${paths} paths\n`);
    expect(paths).toBeGreaterThan(3);
  },
);

test('one event, one invitation a person, over many steps with many faults', async () => {
  const hard = { ...base, troubles: 8, switches: 8, deliveries: 8 };
  const names = fc.shuffledSubarray<Name>(['create', 'rename', 'invite', 'cancel'], {
    minLength: 1,
  });
  const run = fc.assert(
    fc.asyncProperty(names, longWays, (sent, given) =>
      follow(new Path(given), { bounds: hard, sent: ['create', ...sent] }),
    ),
    { numRuns: 50 * (1 + 30 * more) },
  );
  // Every path has its own assertions; this only checks that none has failed.
  await expect(run).resolves.toBeUndefined();
});
