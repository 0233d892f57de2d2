import { systemRandom, systemClock } from '../../../src/adapters/clock';
import { makeGraph } from '../../../src/adapters/graph/client';
import { makeGraphMeetings } from '../../../src/adapters/graph/meetings';
import type { MeetingProvider } from '../../../src/meetings/ports';
import { FakeLog } from '../../support/harness/core-harness';
import { anna, GraphHarness, tokenFor } from '../../support/harness/graph-harness';

let harness: GraphHarness;
beforeAll(async () => {
  harness = await GraphHarness.start({ latencyMs: 150 });
});
afterAll(() => harness.close());

const meeting = { subject: 'Parent evening' };

function withToken(get: () => Promise<string>, timeoutMs: number): MeetingProvider {
  const { url } = harness.simulator;
  const tokens = { get, discard: () => undefined };
  return makeGraphMeetings(
    makeGraph({
      tokens,
      clock: systemClock,
      random: systemRandom,
      log: new FakeLog(),
      baseUrl: url,
      timeoutMs,
    }),
  );
}

const ready = (): Promise<string> => Promise.resolve(tokenFor(harness.simulator.tenant));

describe('the time limit of a call to Graph', () => {
  test('is over before the call is sent: it certainly had no effect', async () => {
    const graph = withToken(ready, 5_000);
    const before = harness.simulator.log.list().length;

    await expect(graph.create(anna, meeting, { deadline: Date.now() - 1 })).rejects.toMatchObject({
      code: 'graphUnavailable',
      executed: 'no',
    });
    expect(harness.simulator.log.list()).toHaveLength(before);
  });

  test('counts the wait for a token, and then nothing is sent', async () => {
    const graph = withToken(() => new Promise(() => undefined), 50);

    await expect(
      graph.create(anna, meeting, { deadline: Date.now() + 60_000 }),
    ).rejects.toMatchObject({ executed: 'no' });
  });

  test('gives a plain create its full time, and shortens repeatable calls', async () => {
    const graph = withToken(ready, 5_000);
    const deadline = Date.now() + 60;

    await expect(graph.create(anna, meeting, { deadline })).resolves.toMatchObject({
      created: true,
    });
    await expect(
      graph.createOrGet(anna, { ...meeting, externalId: 'k' }, { deadline: Date.now() + 60 }),
    ).rejects.toMatchObject({ code: 'graphUnavailable', executed: 'unknown' });
  });

  test('ends with the call, so that nothing of the call is kept until the limit', async () => {
    const graph = withToken(ready, 60_000);
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const deadline = Date.now() + 60_000;
    await Promise.all(Array.from({ length: 20 }, () => graph.create(anna, meeting, { deadline })));
    expect(timers()).toBeLessThan(before + 10);
  });
});
