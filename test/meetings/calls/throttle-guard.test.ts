import type { CalendarProvider } from '../../../src/meetings/calendar-provider';
import { guardMailboxes, guardThrottling } from '../../../src/meetings/calls/throttle-guard';
import { MeetingError } from '../../../src/errors/meeting-error';
import { FakeClock } from '../../support/fakes/fake-clock';
import { FakeGraph } from '../../support/fakes/fake-graph';

const meeting = { subject: 'Parent evening' };
const options = { deadline: Number.MAX_SAFE_INTEGER };

function guarded() {
  const clock = new FakeClock();
  const graph = new FakeGraph();
  const provider = guardThrottling(graph, clock);
  const create = (organizer: string): Promise<string> =>
    provider.create(organizer, meeting, options).then(
      () => 'made',
      (thrown: unknown) =>
        `${(thrown as MeetingError).code} ${(thrown as MeetingError).retryAfterMs ?? ''}`,
    );
  const throttleFor = (retryAfterMs: number): void => {
    graph.fault = () => ({ before: new MeetingError('throttled', 'x', { retryAfterMs }) });
  };
  return { clock, graph, create, throttleFor };
}

describe('guardThrottling', () => {
  test('makes no calls for an organizer before Graph’s time is over', async () => {
    const { clock, graph, create, throttleFor } = guarded();
    throttleFor(60_000);
    expect(await create('anna')).toBe('throttled 60000');
    graph.fault = () => undefined;
    clock.advance(20_000);
    expect(await create('anna')).toBe('throttled 40000');
    expect(graph.calls).toEqual(['create']);
    clock.advance(40_000);
    expect(await create('anna')).toBe('made');
  });

  test('one throttled organizer does not hold up the others', async () => {
    const { graph, create, throttleFor } = guarded();
    throttleFor(60_000);
    await create('anna');
    graph.fault = () => undefined;
    expect(await create('ben')).toBe('made');
  });

  test('two throttled organizers hold up everybody, for the shorter time', async () => {
    const { clock, graph, create, throttleFor } = guarded();
    throttleFor(60_000);
    await create('anna');
    throttleFor(10_000);
    await create('ben');
    graph.fault = () => undefined;
    expect(await create('chloe')).toBe('throttled 10000');
    clock.advance(10_000);
    expect(await create('chloe')).toBe('made');
  });

  test('of two times for concurrent calls, the longer one counts', async () => {
    const { graph, create } = guarded();
    const times = [60_000, 2_000];
    graph.fault = () => ({
      before: new MeetingError('throttled', 'x', { retryAfterMs: times.shift() ?? 0 }),
    });
    await Promise.all([create('anna'), create('anna')]);
    graph.fault = () => undefined;
    expect(await create('anna')).toBe('throttled 60000');
  });

  test('an error without a time holds up nobody', async () => {
    const { graph, create } = guarded();
    graph.fault = () => ({ before: new MeetingError('graphUnavailable', 'x') });
    expect(await create('anna')).toBe('graphUnavailable ');
    graph.fault = () => undefined;
    expect(await create('anna')).toBe('made');
  });
});

describe('guardMailboxes', () => {
  test('with more attempts than may call at once, those that came first end first', async () => {
    const open: (() => void)[] = [];
    let running = 0;
    let most = 0;
    const calendars = {
      getEvent: async () => {
        running += 1;
        if (ended.length === 0) callsBeforeFirstEnd += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => open.push(resolve));
        running -= 1;
        return {};
      },
    } as unknown as CalendarProvider;
    const mailboxes = guardMailboxes(calendars, new FakeClock());
    const ended: number[] = [];
    let callsBeforeFirstEnd = 0;
    const attempts = Array.from({ length: 9 }, async (_, attempt) => {
      for (let call = 0; call < 4; call += 1)
        await mailboxes.getEvent('anna', 'event', { deadline: 1_000 + attempt });
      ended.push(attempt);
    });
    const all = Promise.all(attempts);
    while (ended.length < 9) {
      open.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await all;
    expect(ended).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(most).toBe(3);
    // If all nine alternated, it would be thirty.
    expect(callsBeforeFirstEnd).toBeLessThanOrEqual(15);
  });
});
