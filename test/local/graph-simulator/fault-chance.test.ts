import { drawDuration, Faults } from '../../../local/graph-simulator/faults/faults';
import { seededRandom } from '../../../local/graph-simulator/random';

describe('random', () => {
  const plan = {
    seed: 3,
    rules: [{ probability: 0.3, fault: { kind: 'status', status: 500 } }],
  };
  const targets = Array.from({ length: 2000 }, (_, index) => ({
    method: 'POST',
    path: '/v1.0/users/x/onlineMeetings',
    text: '',
    externalId: `e${index}`,
    subject: null,
    key: `POST e${index}`,
  }));

  function hits(given: object, order: typeof targets): string[] {
    const faults = new Faults(given);
    return order
      .filter((target) => faults.draw(target).fault !== undefined)
      .map(({ key }) => key)
      .sort((a, b) => a.localeCompare(b));
  }

  test('hits the share of requests that was asked for', () => {
    expect(hits(plan, targets).length).toBeGreaterThan(540);
    expect(hits(plan, targets).length).toBeLessThan(660);
  });

  test('hits the same requests in whatever order they come', () => {
    expect(hits(plan, targets.toReversed())).toEqual(hits(plan, targets));
  });

  test('hits others with another seed', () => {
    expect(hits({ ...plan, seed: 4 }, targets)).not.toEqual(hits(plan, targets));
  });

  test('does not hit every attempt at the same thing', () => {
    const faults = new Faults(plan);
    const [target] = targets;
    if (target === undefined) throw new Error('There are no targets.');
    const drawn = Array.from({ length: 100 }, () => faults.draw(target).fault !== undefined);
    expect(drawn).toContain(true);
    expect(drawn).toContain(false);
  });
});

test('a log-normal delay has its median and its 95th percentile', () => {
  const random = seededRandom(7);
  const drawn = Array.from({ length: 10_000 }, () =>
    drawDuration({ median: 600, p95: 2000 }, random),
  ).sort((a, b) => a - b);
  expect(drawn[5000]).toBeGreaterThan(570);
  expect(drawn[5000]).toBeLessThan(630);
  expect(drawn[9500]).toBeGreaterThan(1850);
  expect(drawn[9500]).toBeLessThan(2150);
});
