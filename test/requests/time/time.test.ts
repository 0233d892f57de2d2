import fc from 'fast-check';
import {
  addMinutes,
  compareTimes,
  isSameTime,
  parseGraphTime,
  parseTime,
} from '../../../src/requests/time/time';
import { findTimeZone } from '../../../src/requests/time/time-zones';

const parse = (value: unknown, zone?: string) => {
  const result = parseTime(value, {
    timeZone: zone === undefined ? undefined : findTimeZone(zone),
  });
  return result.ok ? result.time : result.code;
};

test.each([
  ['2026-12-01T14:30:00Z', '2026-12-01T14:30:00Z'],
  ['2026-12-01t14:30:00z', '2026-12-01T14:30:00Z'],
  ['2026-12-01 14:30Z', '2026-12-01T14:30:00Z'],
  [' 2026-12-01T14:30:00+01:00 ', '2026-12-01T13:30:00Z'],
  ['2026-12-01T14:30:00-0330', '2026-12-01T18:00:00Z'],
  ['2026-12-01T00:30:00+14:00', '2026-11-30T10:30:00Z'],
  ['2026-12-01T14:30:00.1234567Z', '2026-12-01T14:30:00.1234567Z'],
  ['2026-12-01T14:30:00.0000001+05:45', '2026-12-01T08:45:00.0000001Z'],
  ['2026-12-01T14:30:00.1230000Z', '2026-12-01T14:30:00.123Z'],
  ['2026-12-01T14:30:00.0000000Z', '2026-12-01T14:30:00Z'],
  ['2028-02-29T12:00:00Z', '2028-02-29T12:00:00Z'],
  ['1900-01-01T00:00:00Z', '1900-01-01T00:00:00Z'],
  ['9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.9999999Z'],
])('%s is %s', (value, expected) => {
  expect(parse(value)).toBe(expected);
});

test.each([
  ['2026-12-01T14:30:00', 'Europe/Lisbon', '2026-12-01T14:30:00Z'],
  ['2026-07-01T14:30', 'Europe/Lisbon', '2026-07-01T13:30:00Z'],
  ['2026-07-01T14:30:00.1234567', 'Pacific Standard Time', '2026-07-01T21:30:00.1234567Z'],
  ['2026-07-01T14:30:00+05:00', 'Europe/Lisbon', '2026-07-01T09:30:00Z'],
  // Clocks go back in Lisbon on 2026-10-25 at 02:00, so 01:30 occurs twice; the first one is summer time.
  ['2026-10-25T01:30:00', 'Europe/Lisbon', '2026-10-25T00:30:00Z'],
  ['2026-10-25T00:59:59', 'Europe/Lisbon', '2026-10-24T23:59:59Z'],
  ['2026-10-25T02:00:00', 'Europe/Lisbon', '2026-10-25T02:00:00Z'],
  // Half an hour of daylight saving, in the southern autumn.
  ['2026-04-05T01:45:00', 'Australia/Lord_Howe', '2026-04-04T14:45:00Z'],
  ['2026-03-29T00:59:59', 'Europe/Lisbon', '2026-03-29T00:59:59Z'],
  ['2026-03-29T02:00:00', 'Europe/Lisbon', '2026-03-29T01:00:00Z'],
])('%s in %s is %s', (value, zone, expected) => {
  expect(parse(value, zone)).toBe(expected);
});

test.each([
  ['2026-03-29T01:30:00', 'Europe/Lisbon', 'Use 2026-03-29T00:30:00 or 2026-03-29T02:30:00.'],
  ['2026-03-08T02:00', 'America/New_York', 'Use 2026-03-08T01:00:00 or 2026-03-08T03:00:00.'],
  ['2026-10-04T02:15:00', 'Australia/Lord_Howe', 'Use 2026-10-04T01:45:00 or 2026-10-04T02:45:00.'],
  ['2011-12-30T12:00:00', 'Pacific/Apia', 'Use 2011-12-29T12:00:00 or 2011-12-31T12:00:00.'],
])('%s does not exist in %s', (value, zone, hint) => {
  const result = parseTime(value, { timeZone: findTimeZone(zone) });
  expect(result).toMatchObject({ ok: false, code: 'invalidTime' });
  expect(!result.ok && result.message).toContain(hint);
});

test.each([
  [25_569.5, '1970-01-01T12:00:00Z'],
  [46_357.604166666664, '2026-12-01T14:30:00Z'],
  ['46357.604166666664', '2026-12-01T14:30:00Z'],
  [' 46357.5 ', '2026-12-01T12:00:00Z'],
  // A second is 0.0000115741 days, so Excel's rounding does not matter.
  [46_357.60417, '2026-12-01T14:30:00Z'],
  [46_357.999999, '2026-12-02T00:00:00Z'],
])('the Excel serial number %p is %s', (value, expected) => {
  expect(parse(value, 'UTC')).toBe(expected);
});

test('an Excel serial number is local time', () => {
  expect(parse(46_204.5, 'Romance Standard Time')).toBe('2026-07-01T10:00:00Z');
  expect(parse(46_204.5)).toBe('missingTimeZone');
});

test.each([
  '2026-12-01',
  '2026-12-01T',
  '2026-02-29T10:00:00Z',
  '2026-02-30T10:00:00Z',
  '2026-13-01T10:00:00Z',
  '2026-00-10T10:00:00Z',
  '2026-12-01T25:00:00Z',
  '2026-12-01T24:00:01Z',
  '2026-12-01T10:60:00Z',
  '2026-12-31T23:59:60Z',
  '2026-12-01T14:30:00.Z',
  '2026-12-01T14:30:00+15:00',
  '2026-12-01T14:30:00+01:60',
  '2026-12-01T14Z',
  '12/1/2026 2:30 PM',
  '1.12.2026 14:30',
  '1899-12-31T23:59:59Z',
  '1900-01-01T00:00:00+01:00',
  '9999-12-31T23:59:59-01:00',
  '0000-01-01T00:00:00Z',
  'tomorrow',
  '2026',
  2026,
  25_568.9,
  109_575,
  1_764_599_400,
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
])('%p is no time, whatever the zone', (value) => {
  expect(parse(value, 'UTC')).toBe('invalidTime');
});

test.each([[true], [{}], [[]], [null]])('%p is of the wrong type', (value) => {
  expect(parse(value, 'UTC')).toBe('wrongType');
});

test.each([
  ['Freitag, 19. April 2030 14:00', undefined],
  ['Fr 19.04.2030 14:00', undefined],
  ['Fr., 05.04.2030 14:00', 'dmy'],
  ['Friday 4/5/2030 2 pm', 'mdy'],
  ['ven. 19/04/2030 14h00', undefined],
  ['viernes, 19 de abril de 2030 14:00', undefined],
  ['sexta-feira, 19 de abril de 2030 às 14:00', undefined],
  ['Sexta 19/04/2030 14:00', undefined],
  // Only one of 5 April and 4 May is a Friday.
  ['Fr 05/04/2030 14:00', undefined],
  ['Fr 2030-04-19 14:00', undefined],
] as const)('%s has the day of the week of its date', (value, dateOrder) => {
  const result = parseTime(value, { timeZone: findTimeZone('UTC'), dateOrder });
  expect(result).toMatchObject({ ok: true });
  expect(result.ok && result.time.slice(7)).toMatch(/^-(19|05)T14:00:00Z$/);
});

test.each([
  ['Monday, 19 April 2030 14:00', undefined, '2030-04-19 is a Friday'],
  ['Mo 2030-04-19 14:00', undefined, '2030-04-19 is a Friday'],
  ['Fr 05.04.2030 14:00', 'mdy', '2030-05-04 is a Saturday'],
  ['terça-feira, 19 de abril de 2030', undefined, '2030-04-19 is a Friday'],
] as const)('%s has another day of the week, which is refused', (value, dateOrder, fact) => {
  expect(parseTime(value, { timeZone: findTimeZone('UTC'), dateOrder })).toEqual({
    ok: false,
    code: 'invalidTime',
    message: `"${value}" names the wrong day of the week: ${fact}. Correct one of them.`,
  });
});

test.each(['Room 19.04.2030 14:00', 'Fr 14:00', 'Fr, 19.13.2030 14:00'])(
  '%s is no time',
  (value) => {
    expect(parse(value, 'UTC')).toBe('invalidTime');
  },
);

test('a local time without a zone is not guessed', () => {
  expect(parse('2026-12-01T14:30:00')).toBe('missingTimeZone');
});

test.each([
  ['2026-12-01', 'without a time of day'],
  ['12/1/2026 2:30 PM', 'day or month first?'],
])('the message says what is wrong with %s', (value, words) => {
  const result = parseTime(value);
  expect(!result.ok && result.message).toContain(words);
});

describe('a time as Graph takes it', () => {
  test('is UTC when it has no offset', () => {
    expect(parseGraphTime('2026-12-01T14:30:00')).toEqual({
      ok: true,
      time: '2026-12-01T14:30:00Z',
    });
    expect(parseGraphTime('2026-12-01T14:30:00+01:00')).toEqual({
      ok: true,
      time: '2026-12-01T13:30:00Z',
    });
  });

  test.each([
    [46_357.5, 'wrongType'],
    ['46357.5', 'invalidTime'],
  ])('is not the number %p', (value, code) => {
    expect(parseGraphTime(value)).toMatchObject({ ok: false, code });
  });
});

test.each([
  ['2026-12-01T14:30:00Z', '2026-12-01T14:30:00.0000000+00:00', true],
  ['2026-12-01T14:30:00Z', '2026-12-01T15:30:00+01:00', true],
  ['2026-12-01T14:30:00.1Z', '2026-12-01T14:30:00.1000000Z', true],
  ['2026-12-01T14:30:00Z', '2026-12-01T14:30:00.0000001Z', false],
  ['2026-12-01T14:30:00Z', 'soon', false],
])('%s and %s are the same time: %p', (left, right, expected) => {
  expect(isSameTime(left, right)).toBe(expected);
});

test.each([
  ['2026-12-01T14:30:00Z', '2026-12-01T14:30:00.0000001Z', -1],
  ['2026-12-01T14:30:00.09Z', '2026-12-01T14:30:00.1Z', -1],
  ['2026-12-01T14:30:00.1Z', '2026-12-01T14:30:00.1Z', 0],
  ['2027-01-01T00:00:00Z', '2026-12-31T23:59:59.9999999Z', 1],
])('compares %s with %s', (left, right, expected) => {
  expect(compareTimes(left, right)).toBe(expected);
});

test('adds minutes and keeps the digits of a second', () => {
  expect(addMinutes('2026-12-31T23:30:00.1234567Z', 45)).toEqual({
    ok: true,
    time: '2027-01-01T00:15:00.1234567Z',
  });
  expect(addMinutes('9999-12-31T23:30:00Z', 45)).toMatchObject({ ok: false, code: 'invalidTime' });
});

/** Local time in a zone, computed in another way than in the code under test. */
function clockIn(zone: string, instant: number): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return format.format(instant).replace(' ', 'T');
}

/** Instants around clock changes, where mistakes are likely, and any others. */
const instants = fc.oneof(
  fc.integer({ min: Date.UTC(1971, 0, 1) / 1000, max: Date.UTC(2099, 0, 1) / 1000 }),
  fc
    .tuple(
      fc.constantFrom(
        '2026-03-29T01:00Z',
        '2026-10-25T01:00Z',
        '2026-03-08T10:00Z',
        '2026-11-01T06:00Z',
        '2026-04-04T15:00Z',
        '2026-10-03T15:30Z',
        '2011-12-30T10:00Z',
      ),
      fc.integer({ min: -7200, max: 7200 }),
    )
    .map(([change, seconds]) => Date.parse(change) / 1000 + seconds),
);
const zones = fc.constantFrom(
  'Europe/Lisbon',
  'America/New_York',
  'America/Los_Angeles',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  ...Intl.supportedValuesOf('timeZone'),
);

test('a clock reading leads back to its instant, or to an earlier one with the same reading', () => {
  fc.assert(
    fc.property(instants, zones, (seconds, zone) => {
      const clock = clockIn(zone, seconds * 1000);
      const result = parseTime(clock, { timeZone: findTimeZone(zone) });
      if (!result.ok) throw new Error(result.message);
      const found = Date.parse(result.time);
      expect(found).toBeLessThanOrEqual(seconds * 1000);
      expect(clockIn(zone, found)).toBe(clock);
      if (found < seconds * 1000)
        expect(seconds * 1000 - found).toBeLessThanOrEqual(24 * 3_600_000);
    }),
    { numRuns: 500 },
  );
});

test('parsing never throws, and its result is its own normal form', () => {
  const text = fc.stringMatching(
    /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,8})?)?(Z|[+-]\d\d:\d\d)?$/,
  );
  fc.assert(
    fc.property(fc.oneof(text, fc.anything()), (value) => {
      const result = parseTime(value, { timeZone: findTimeZone('Europe/Lisbon') });
      if (!result.ok) return expect(result.message).not.toBe('');
      expect(parseTime(result.time)).toEqual(result);
    }),
  );
});
