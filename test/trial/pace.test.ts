import { Pace } from '../../trial/pace';

const idle = { leaseSeconds: 5, graphTimeoutSeconds: 2 };

/** Calls by the second in which they ended, in milliseconds. */
const paceAfter = (calls: readonly (readonly [at: number, ms: number])[], now: number): Pace => {
  let seconds = 0;
  const pace = new Pace(() => seconds * 1000);
  for (const [at, milliseconds] of calls) {
    seconds = at;
    pace.note(milliseconds);
  }
  seconds = now;
  return pace;
};

test.each<[string, readonly (readonly [number, number])[], number, number, number]>([
  ['nothing has been measured', [], 1, 5, 2],
  ['storage is quick', [[0, 20]], 1, 5, 2],
  ['one call took three seconds', [[0, 3_000]], 1, 12, 6],
  [
    'quicker calls came since',
    [
      [0, 3_000],
      [1, 20],
    ],
    2,
    12,
    6,
  ],
  [
    'the slow call was half a minute ago',
    [
      [0, 3_000],
      [29, 20],
    ],
    31,
    5,
    2,
  ],
  ['the machine stands still', [[0, 100_000]], 1, 60, 15],
])('time limits when %s', (_, calls, now, leaseSeconds, graphTimeoutSeconds) => {
  expect(paceAfter(calls, now).timesFor(idle)).toEqual({ leaseSeconds, graphTimeoutSeconds });
});

test.each([
  ['quick', 300, 160],
  ['slow', 4_000, 40],
  ['still', 100_000, 16],
])('requests under way while storage is %s', (_, milliseconds, most) => {
  expect(paceAfter([[0, milliseconds]], 1).underWay(160)).toBe(most);
});
