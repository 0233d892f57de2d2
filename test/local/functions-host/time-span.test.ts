import { parseTimeSpan } from '../../../local/functions-host/time-span';

test.each<[string, number | undefined]>([
  ['00:00:02', 2000],
  ['00:00:00.100', 100],
  ['00:00:00.0001', 0],
  ['01:02:03.5', 3_723_500],
  ['00:05', 300_000],
  ['1.00:00:01', 86_401_000],
  ['5', 432_000_000],
  ['24:00:00', undefined],
  ['00:60:00', undefined],
  ['2 seconds', undefined],
  ['', undefined],
])('reads %j as %s ms', (text, milliseconds) => {
  expect(parseTimeSpan(text)).toBe(milliseconds);
});
