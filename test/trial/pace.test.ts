import { Pace } from '../../trial/pace';

const idle = { leaseSeconds: 5, graphTimeoutSeconds: 2 };

interface Calls {
  /** Times at which they ended, in seconds. */
  readonly at: number;
  readonly milliseconds: number;
  readonly count?: number;
}

function paceAfter(calls: readonly Calls[], now: number): Pace {
  let seconds = 0;
  const pace = new Pace(() => seconds * 1000);
  for (const { at, milliseconds, count = 1 } of calls) {
    seconds = at;
    for (let call = 0; call < count; call += 1) pace.note(milliseconds);
  }
  seconds = now;
  return pace;
}

const slow = { at: 0, milliseconds: 3_000 };

test.each<[string, readonly Calls[], number, number, number]>([
  ['nothing has been measured', [], 1, 5, 2],
  ['storage is quick', [{ at: 0, milliseconds: 20 }], 1, 5, 2],
  ['a call took three seconds', [slow], 1, 12, 6],
  ['some quicker calls came since', [slow, { at: 1, milliseconds: 20, count: 15 }], 2, 12, 6],
  ['one call in a hundred was slow', [slow, { at: 1, milliseconds: 20, count: 99 }], 2, 5, 2],
  ['the slow call was half a minute ago', [slow, { at: 29, milliseconds: 20 }], 31, 5, 2],
  ['the machine stands still', [{ at: 0, milliseconds: 100_000 }], 1, 60, 15],
])('time limits when %s', (_, calls, now, leaseSeconds, graphTimeoutSeconds) => {
  expect(paceAfter(calls, now).timesFor(idle)).toEqual({ leaseSeconds, graphTimeoutSeconds });
});

test.each([
  ['quick', 300, 160],
  ['slow', 4_000, 40],
  ['still', 100_000, 16],
])('requests under way while storage is %s', (_, milliseconds, most) => {
  expect(paceAfter([{ at: 0, milliseconds }], 1).underWay(160)).toBe(most);
});
