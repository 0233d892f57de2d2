import assert from 'node:assert/strict';
import fc from 'fast-check';
import { explore, Path } from '../support/protocol/exploration';
import { ProtocolWorld, type Bounds } from '../support/harness/protocol-harness';

jest.setTimeout(120_000);

const plans = ['ensure', 'createOnce'] as const;
type Plan = (typeof plans)[number];

/** The meeting has an option that createOrGet ignores, so `ensure` takes two calls. */
const request = (requestId: string | undefined, plan: Plan): string =>
  JSON.stringify({
    requestId,
    organizer: 'dc17674c-81d9-4adb-bfb2-8f6a442e4601',
    meeting: {
      subject: `Meeting of ${requestId}`,
      startDateTime: '2026-12-01T14:30:00Z',
      endDateTime: '2026-12-01T15:00:00Z',
      lobbyBypassSettings: { scope: 'everyone' },
      ...(plan === 'createOnce' && { joinMeetingIdSettings: { isPasscodeRequired: true } }),
    },
  });

/** The promise, in any state on the way. */
function checkState({ graph, creates, results }: ProtocolWorld, plan: Plan): void {
  const [meeting] = graph.meetings;
  assert.ok(graph.meetings.length <= 1, 'There is more than one meeting.');
  assert.ok(plan === 'ensure' || creates.length <= 1, 'The plain create was repeated.');
  for (const result of results) {
    const first = results.find(({ requestId }) => requestId === result.requestId);
    assert.equal(result.status, first?.status, 'Two results contradict each other.');
    assert.equal(result.meeting?.id, first?.meeting?.id);
    if (result.status === 'created') assert.equal(result.meeting?.id, meeting?.id);
    if (result.status === 'failed')
      assert.equal(meeting, undefined, 'It failed, and has a meeting.');
  }
}

/** What holds besides when all is quiet. */
function checkEnd({ results, left, met, gaveUp }: ProtocolWorld, plan: Plan): void {
  const status = results[0]?.status;
  assert.equal(left, 0, 'A message is left.');
  assert.ok(
    status === 'created' || status === 'failed' || status === 'unknown',
    `It is ${status}.`,
  );
  if (met.size === 0) assert.equal(status, 'created');
  // Throttling alone never costs a meeting, and a refusal is a failure unless something broke off before it.
  const brokeOff = met.has('crash') || met.has('lost') || met.has('answerLost');
  if (!brokeOff && !gaveUp && !met.has('refused')) assert.equal(status, 'created');
  if (!brokeOff && plan === 'createOnce') assert.notEqual(status, 'unknown');
  if (plan === 'ensure' && !gaveUp && !met.has('refused')) assert.equal(status, 'created');
}

interface Case {
  readonly plan: Plan;
  readonly bounds: Bounds;
  /** How often the message is sent. */
  readonly sent?: number;
  readonly named?: boolean;
  /** The message is a list that has the request twice. */
  readonly listed?: boolean;
}

async function follow(
  path: Path,
  { plan, bounds, sent = 1, named = true, listed = false }: Case,
): Promise<void> {
  const world = new ProtocolWorld(path, bounds);
  const single = request(named ? 'request-1' : undefined, plan);
  const text = listed ? `[${single},${single}]` : single;
  for (let index = 0; index < sent; index += 1) world.send(text);
  try {
    await world.run(() => checkState(world, plan));
    checkEnd(world, plan);
  } catch (error) {
    throw new Error(`${world.trace.join('\n')}\n${String(error)}`, { cause: error });
  }
}

const bounds: Bounds = { troubles: 2, switches: 0, deliveries: 5, maxAgeMs: 86_400_000 };

/** Deeper takes minutes: PROTOCOL_TROUBLES=1 adds one trouble to each. */
const more = Number(process.env['PROTOCOL_TROUBLES'] ?? 0);

describe.each(plans)('the protocol of %s', (plan) => {
  test.each<[string, Partial<Bounds>, Partial<Case>]>([
    ['one delivery after another', {}, {}],
    ['two deliveries at once', { troubles: 1, switches: 2 }, { sent: 2 }],
    ['a message that dies at once', { deliveries: 1 }, {}],
    ['two messages that die at once', { deliveries: 1, troubles: 1, switches: 1 }, { sent: 2 }],
    ['a request that is too old at its second attempt', { maxAgeMs: 10_000 }, {}],
    ['a request that is known only by its message', { deliveries: 3 }, { named: false }],
    ['the same, dying at once', { deliveries: 1 }, { named: false }],
    ['a list', { troubles: 1, switches: 1 }, { listed: true }],
    ['a list that dies at once', { deliveries: 1, troubles: 1, switches: 1 }, { listed: true }],
  ])('keeps the promise in every state: %s', async (_name, change, rest) => {
    const bounded = { ...bounds, ...change };
    const troubles = bounded.troubles + more;
    const paths = await explore((path) =>
      follow(path, { plan, bounds: { ...bounded, troubles }, ...rest }),
    );
    expect(paths).toBeGreaterThan(100);
  });

  test('keeps the promise on long ways with much trouble', async () => {
    const choice = fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.nat({ max: 5 }) },
    );
    const hard = { troubles: 12, switches: 12, deliveries: 3, maxAgeMs: 86_400_000 };
    const run = fc.assert(
      fc.asyncProperty(fc.array(choice, { maxLength: 80 }), (given) =>
        follow(new Path(given), { plan, bounds: hard, sent: 3 }),
      ),
      { numRuns: 300 * (1 + 30 * more) },
    );
    // Every way ends in assertions of its own; here only that none of them failed.
    await expect(run).resolves.toBeUndefined();
  });
});
