import { DeathCount } from '../../../../local/functions-host/worker/death-count';

const minute = 60_000;

test.each<[string, number[], boolean[]]>([
  ['the third death is too often', [0, 1, 2], [false, false, true]],
  ['up to half an hour after each other', [0, 30 * minute, 60 * minute], [false, false, true]],
  [
    'later, it counts from one',
    [0, 1, 31 * minute, 32 * minute, 33 * minute],
    [false, false, false, false, true],
  ],
])('%s', (_, times, tooOften) => {
  const deaths = new DeathCount();
  expect(times.map((time) => deaths.add(time))).toEqual(tooOften);
});
