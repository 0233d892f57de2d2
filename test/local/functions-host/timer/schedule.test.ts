import { isFrequent, parseSchedule } from '../../../../local/functions-host/timer/schedule';

const after = new Date('2026-11-26T08:00:00Z');
const next = (expression: string): string | undefined =>
  parseSchedule(expression).next(after)?.toISOString();

test.each<[string, string | undefined]>([
  ['0 */5 * * * *', '2026-11-26T08:05:00.000Z'],
  ['*/5 * * * *', '2026-11-26T08:05:00.000Z'],
  ['30 2-59/5 * * * *', '2026-11-26T08:02:30.000Z'],
  ['0 17 * * * *', '2026-11-26T08:17:00.000Z'],
  ['0 0 2 * * *', '2026-11-27T02:00:00.000Z'],
  ['0 5/10 * * * *', '2026-11-26T08:05:00.000Z'],
  ['0 0 0 * * Mon-Fri', '2026-11-27T00:00:00.000Z'],
  ['0 0 0 1 Jan *', '2027-01-01T00:00:00.000Z'],
  // A Friday the 13th: both must fit.
  ['0 0 0 13 * 5', '2027-08-13T00:00:00.000Z'],
  ['0 0 0 30 2 *', undefined],
  ['00:10:00', '2026-11-26T08:10:00.000Z'],
])('%j fires next at %s', (expression, time) => {
  expect(next(expression)).toBe(time);
});

test.each([
  '',
  'soon',
  '* * * *',
  '0 0 0 L * *',
  '0 0 0 ? * 1#2',
  '0 61 * * * *',
  '@daily',
  '00:00:00',
])('%j is no schedule', (expression) => {
  expect(() => parseSchedule(expression)).toThrow(/./);
});

test.each<[string, boolean]>([
  ['*/30 * * * * *', true],
  ['0 * * * * *', false],
  ['00:00:59', true],
])('%s is too frequent to be recorded: %s', (expression, frequent) => {
  expect(isFrequent(parseSchedule(expression), after)).toBe(frequent);
});
