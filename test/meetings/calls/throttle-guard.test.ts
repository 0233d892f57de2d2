import { guardThrottling } from '../../../src/meetings/calls/throttle-guard';
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
  test('does not ask for an organizer again before Graph’s time is over', async () => {
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

  test('of two times that calls under way together are told, the longer one counts', async () => {
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
