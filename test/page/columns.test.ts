import { possibleOrders } from '../../page/src/columns/time/date-order';
import { invitedIn } from '../../page/src/columns/rows/people';
import { toRequests } from '../../page/src/columns/rows/requests';
import type { Mapping } from '../../page/src/columns/mapping';
import { withNewCodes } from '../../page/src/columns/rows/new-codes';
import type { LoadedSheet } from '../../page/src/sheet/loaded-sheet';
import { missingIn } from '../../page/src/columns/missing';
import { fillIn, unknownNames } from '../../page/src/columns/placeholders';
import { shownTime } from '../../page/src/columns/time/shown-time';
import { startsOf } from '../../page/src/columns/time/starts';
import { rowOf } from './sheet-row';

describe('the order of day and month', () => {
  const ordersOf = (...texts: readonly string[]) =>
    possibleOrders(texts.map((text) => ({ column: 1, kind: 'text', text })));

  test.each([
    ['is no question where months have names', ['15 January 2030'], undefined],
    ['is no question where the year is first', ['2030-01-02'], undefined],
    ['is open where every date can be read in both', ['01/02/2030'], ['dmy', 'mdy']],
    ['is proven by one date among many', ['01/02/2030', '31/01/2030'], ['dmy']],
    ['is no question where the day of the week tells it', ['Fr 05/04/2030'], undefined],
    ['is open in spite of a wrong day of the week', ['01/02/2030', 'Mo 31/01/2030'], ['dmy']],
    ['is proven by a month that is last', ['01/02/2030 14:00', '01/31/2030 15:00'], ['mdy']],
  ])('%s', (_what, texts, orders) => {
    expect(ordersOf(...texts)).toEqual(orders);
  });
});

describe('a text with names in braces', () => {
  const headings = ['Pupil', 'Parent’s name'].map((name, place) => ({ column: place + 1, name }));

  test('has the cells of the columns', () => {
    const textAt = (column: number): string => ['Pia', 'Anna'][column - 1] ?? '';
    expect(fillIn('Talk {pupil} & {Parents name}, {Nope}', headings, textAt)).toBe(
      'Talk Pia & Anna, {Nope}',
    );
  });

  test.each([
    ['Talk {Nope} {Pupil} {Room} {Nope}', ['Nope', 'Room']],
    ['Talk {pupil} {} {Pup', []],
  ])('names columns that do not exist: %s', (text, names) => {
    expect(unknownNames(text, headings)).toEqual(names);
  });
});

test.each([
  ['2030-01-15T14:00:00', '2030-01-15 14:00'],
  ['2030-01-15 14:00:00Z', '2030-01-15 14:00 UTC'],
  ['2030-01-15T14:00:00.000+01:00', '2030-01-15 14:00+01:00'],
  ['2030-01-15T14:00:30', '2030-01-15 14:00:30'],
  ['14:00:30', '14:00:30'],
  ['14:00:00', '14:00'],
  ['14:20', '14:20'],
  ['15.01.2030', '15.01.2030'],
  ['Tuesday at 14:00:00', 'Tuesday at 14:00:00'],
])('the time %s is shown as %s', (text, shown) => {
  expect(shownTime(text)).toBe(shown);
});

describe('a sheet with an end', () => {
  test.each(['durationMinutes', 'meeting.endDateTime', 'endTime'] as const)(
    'needs nothing else where it has %s',
    (target) => {
      const mapping: Mapping = {
        timeZone: 'UTC',
        sources: { [target]: { kind: 'column', column: 1 } },
      };
      expect(missingIn({ mapping, body: [] }, true)).toEqual([
        'meeting.subject',
        'meeting.startDateTime',
      ]);
    },
  );
});

describe('a row', () => {
  const mapping: Mapping = {
    sources: {
      organizer: { kind: 'text', text: 'anna@contoso.com' },
      'meeting.subject': { kind: 'text', text: 'Evening {pupil} {nobody}' },
      'meeting.startDateTime': { kind: 'column', column: 2 },
      startTime: { kind: 'column', column: 3 },
      durationMinutes: { kind: 'text', text: '20' },
    },
    timeZone: 'Europe/Berlin',
  };
  const sheet = {
    headings: ['Pupil', 'Day', 'Time', 'Code'].map((name, place) => ({ column: place + 1, name })),
    body: [rowOf(4, 'Pia', '15.01.2030', '14:00', 'a-1')],
    mapping,
    corrections: new Map<string, string>(),
    listId: 'abc',
  };
  const requestOf = (given: Mapping, corrections = new Map<string, string>()) =>
    toRequests({ ...sheet, mapping: given, corrections })[0]?.request;

  test('may name a pool instead of an organizer', () => {
    const { organizer: _, ...sources } = mapping.sources;
    const pool = { kind: 'text', text: 'lessons' } as const;
    const request = requestOf({ ...mapping, sources: { ...sources, organizerPool: pool } });
    expect(request).toMatchObject({ organizerPool: 'lessons' });
    expect(request).not.toHaveProperty('organizer');
  });

  test('becomes the request that it stands for', () => {
    expect(requestOf(mapping)).toEqual({
      requestId: 'sheet-abc-4',
      organizer: 'anna@contoso.com',
      timeZone: 'Europe/Berlin',
      durationMinutes: '20',
      meeting: { subject: 'Evening Pia {nobody}', startDateTime: '15.01.2030 14:00' },
    });
  });

  test.each([
    [
      'by day, not by text',
      ['15.02.2030', '20.01.2030'],
      ['2030-01-20T13:00:00Z', '2030-02-15T13:00:00Z'],
    ],
    [
      'in every way of writing',
      ['2030-01-24', '15.01.2030'],
      ['2030-01-15T13:00:00Z', '2030-01-24T13:00:00Z'],
    ],
    ['without cells that are no time', ['soon', '15.01.2030'], ['2030-01-15T13:00:00Z']],
  ])('its start is sorted %s', (_what, days, starts) => {
    const body = days.map((day, place) => rowOf(place + 4, 'Pia', day, '14:00', 'a-1'));
    expect(startsOf({ ...sheet, body })).toEqual(starts);
  });

  test('its start is the instant that its offset or the zone of the list says', () => {
    const times = ['2030-01-15T23:30:00-05:00', '2030-01-15T14:00:00Z', '2030-01-15T14:30:00'];
    const body = times.map((time, place) => rowOf(place + 4, 'Pia', time));
    const { startTime: _, ...sources } = mapping.sources;
    expect(startsOf({ ...sheet, body, mapping: { ...mapping, sources } })).toEqual([
      '2030-01-15T13:30:00Z',
      '2030-01-15T14:00:00Z',
      '2030-01-16T04:30:00Z',
    ]);
  });

  test('ends at a time of day on the day of its start', () => {
    const { durationMinutes: _, ...sources } = mapping.sources;
    const end = { kind: 'text', text: '14:20' } as const;
    expect(requestOf({ ...mapping, sources: { ...sources, endTime: end } })).toMatchObject({
      meeting: { startDateTime: '15.01.2030 14:00', endDateTime: '15.01.2030 14:20' },
    });
  });

  test('says what it was corrected to', () => {
    expect(requestOf(mapping, new Map([['4 3', '15:30']]))).toMatchObject({
      meeting: { startDateTime: '15.01.2030 15:30' },
    });
  });

  test('gets a new code instead of a cancelled one, and the others keep theirs', () => {
    const body = [4, 5].map((row) => rowOf(row, 'Pia', '15.01.2030', '14:00', `a-${row}`));
    const loaded = { ...sheet, body } as unknown as LoadedSheet;
    const idsOf = (given: LoadedSheet): readonly unknown[] =>
      toRequests(given).map(({ request }) => request['requestId']);
    expect(idsOf(withNewCodes(loaded, [5], 'new'))).toEqual(['sheet-abc-4', 'sheet-new-5']);
    const sources = { ...mapping.sources, requestId: { kind: 'column', column: 4 } as const };
    const coded = { ...loaded, mapping: { ...mapping, sources } };
    expect(idsOf(withNewCodes(coded, [5], 'new'))).toEqual(['a-4', 'sheet-new-5']);
  });

  test.each([
    ['cancel', undefined],
    ['Absagen', undefined],
    ['update', undefined],
    ['', 'sheet-abc-4'],
    ['upsert', 'sheet-abc-4'],
    ['soon', 'sheet-abc-4'],
  ])('with the action "%s" and no code of its own has the id %p', (text, id) => {
    const sources = { ...mapping.sources, action: { kind: 'text', text } as const };
    expect(requestOf({ ...mapping, sources })?.['requestId']).toBe(id);
  });

  test('with a code of its own is changed when it comes again', () => {
    const sources = { ...mapping.sources, requestId: { kind: 'column', column: 4 } as const };
    expect(requestOf({ ...mapping, sources })).toMatchObject({
      requestId: 'a-1',
      action: 'upsert',
    });
  });

  test('notes what was corrected, and what stood there', () => {
    expect(toRequests({ ...sheet, corrections: new Map([['4 3', '15:30']]) })[0]).toMatchObject({
      cells: ['Pia', '15.01.2030', '15:30', 'a-1'],
      corrections: [{ column: 3, from: '14:00', to: '15:30' }],
    });
    expect(
      toRequests({ ...sheet, corrections: new Map([['4 3', '14:00']]) })[0],
    ).not.toHaveProperty('corrections');
  });

  describe('in a calendar', () => {
    const sources = {
      ...mapping.sources,
      'meeting.participants.attendees': { kind: 'text', text: 'pia@example.org; ben@example.org' },
      'calendar.location': { kind: 'text', text: 'Room {pupil}' },
    } as const;
    const inCalendar: Mapping = {
      ...mapping,
      sources: { ...sources, 'calendar.enabled': { kind: 'text', text: 'true' } },
    };
    const [first = rowOf(4)] = sheet.body;
    const row = { ...sheet, row: first };

    test('has its place, and its participants get mail', () => {
      expect(requestOf(inCalendar)).toMatchObject({
        calendar: { enabled: 'true', location: 'Room Pia' },
      });
      expect(invitedIn({ ...row, mapping: inCalendar })).toEqual([
        'pia@example.org',
        'ben@example.org',
      ]);
    });

    test.each([
      ['once, whatever the letter case', 'm2@example.org, M2@example.org', ['m2@example.org']],
      [
        'by address, however a program writes them',
        'Mama, Eva <eva@example.org>; papa@example.org',
        ['eva@example.org', 'papa@example.org'],
      ],
      ['unless they are the organizer', 'Anna@contoso.com; pia@example.org', ['pia@example.org']],
      ['not without an address', 'dc17674c-81d9-4adb-bfb2-8f6a442e4622', []],
    ])('people are invited %s', (_how, text, invited) => {
      const attendees = { 'meeting.participants.attendees': { kind: 'text', text } as const };
      const given = { ...inCalendar, sources: { ...inCalendar.sources, ...attendees } };
      expect(invitedIn({ ...row, mapping: given })).toEqual(invited);
    });

    test('only if that was said: a place alone invites nobody', () => {
      expect(requestOf({ ...mapping, sources })).not.toHaveProperty('calendar');
      expect(invitedIn({ ...row, mapping: { ...mapping, sources } })).toEqual([]);
    });
  });
});
