import * as fc from 'fast-check';
import { QueueBackOff } from '../../../../local/functions-host/queue/back-off';

const delays = (backOff: QueueBackOff, count: number): number[] =>
  Array.from({ length: count }, () => backOff.nextDelayMs());

test('doubles from the shortest wait up to the longest', () => {
  const backOff = new QueueBackOff({ maxMs: 2000, random: () => 0.5 });
  expect(delays(backOff, 7)).toEqual([200, 300, 500, 900, 1700, 2000, 2000]);
});

test('starts over at 100 ms after messages were found', () => {
  const backOff = new QueueBackOff({ maxMs: 2000, random: () => 0.5 });
  delays(backOff, 7);
  backOff.foundMessages();
  expect(delays(backOff, 4)).toEqual([100, 200, 300, 500]);
});

test('never leaves its limits, whatever random says', () => {
  const randoms = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(randoms, fc.integer({ min: 100, max: 60_000 }), (values, maxMs) => {
      const random = values.values();
      const backOff = new QueueBackOff({ maxMs, random: () => random.next().value ?? 0 });
      for (const delay of delays(backOff, values.length)) {
        expect(delay).toBeGreaterThanOrEqual(100);
        expect(delay).toBeLessThanOrEqual(maxMs);
      }
    }),
  );
});
