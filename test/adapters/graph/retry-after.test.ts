import { parseRetryAfter } from '../../../src/adapters/graph/retry-after';

test.each<[string, string, number | undefined]>([
  ['seconds', '120', 120_000],
  ['zero, with which a request would be repeated at once, again and again', '0', undefined],
  ['part of a second', '0.5', 500],
  ['blanks around it', ' 7 ', 7_000],
  ['a date', 'Tue, 01 Dec 2026 08:00:30 GMT', 30_000],
  ['a date that has passed', 'Tue, 01 Dec 2026 07:00:00 GMT', undefined],
  ['more than a day', '1000000', 86_400_000],
  ['more than any number', '9'.repeat(400), 86_400_000],
  ['a date in ten years', 'Mon, 01 Dec 2036 08:00:00 GMT', 86_400_000],
  ['less than nothing', '-5', undefined],
  ['words', 'soon', undefined],
  ['nothing', '', undefined],
])('%s', (_name, header, expected) => {
  expect(parseRetryAfter(header, new Date('2026-12-01T08:00:00Z'))).toBe(expected);
});
