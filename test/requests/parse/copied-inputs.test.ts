import { parseMeetingRequest } from '../../../src/requests/parse/parse-meeting-request';
import { parseOnlineMeeting } from '../../../src/requests/parse/parse-online-meeting';

const base = {
  organizer: 'anna@contoso.com',
  timeZone: 'Europe/Berlin',
  durationMinutes: 30,
  meeting: { subject: 'Evening', startDateTime: '2030-12-03T18:00:00' },
};
const starting = (startDateTime: unknown, change: object = {}) => ({
  ...base,
  ...change,
  meeting: { ...base.meeting, startDateTime },
});
const withMeeting = (change: object) => ({ ...base, meeting: { ...base.meeting, ...change } });

const requestOf = (input: unknown) => {
  const parsed = parseMeetingRequest(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.request;
};
const problemsOf = (input: unknown) => {
  const parsed = parseMeetingRequest(input);
  return parsed.ok ? [] : parsed.problems.map(({ code, target }) => `${code} ${target}`);
};
const messageOf = (input: unknown): string | undefined => {
  const parsed = parseMeetingRequest(input);
  return parsed.ok ? undefined : parsed.problems[0]?.message;
};

describe('a time', () => {
  test.each<[unknown, string]>([
    ['2030-12-03 18:00:00+00', '2030-12-03T18:00:00Z'],
    ['2030-12-03T18:00:00,5Z', '2030-12-03T18:00:00.5Z'],
    ['2030-12-03T18:00:00.123456789Z', '2030-12-03T18:00:00.1234567Z'],
    ['2030-12-03T18:00:00+01:00[Europe/Berlin]', '2030-12-03T17:00:00Z'],
    ['2030-12-03T18:00[America/New_York]', '2030-12-03T23:00:00Z'],
    ['2030-12-03T18:00:00Z[Europe/Berlin]', '2030-12-03T18:00:00Z'],
    ['2030-12-03T24:00:00', '2030-12-03T23:00:00Z'],
    ['20301203T180000Z', '2030-12-03T18:00:00Z'],
    ['20301203T1800', '2030-12-03T17:00:00Z'],
    ['2030/12/03 18:00', '2030-12-03T17:00:00Z'],
    ['2030-12-3 18:00 UTC', '2030-12-03T18:00:00Z'],
    ['47820,75', '2030-12-03T17:00:00Z'],
    [47_820.75, '2030-12-03T17:00:00Z'],
    ['25.12.2030 18:00', '2030-12-25T17:00:00Z'],
    ['12/25/2030 6:00 PM', '2030-12-25T17:00:00Z'],
    ['05.05.2030 18.00', '2030-05-05T16:00:00Z'],
    ['3. Dezember 2030 18:00', '2030-12-03T17:00:00Z'],
    ['Tue, 3 Dec 2030 18:00:00 GMT', '2030-12-03T18:00:00Z'],
    ['Dec 3, 2030 6 PM', '2030-12-03T17:00:00Z'],
    ['3 de dezembro de 2030 18h00', '2030-12-03T17:00:00Z'],
    ['Tue Dec 03 2030 18:00:00 GMT+0100 (Central European Standard Time)', '2030-12-03T17:00:00Z'],
  ])('%s is %s', (value, expected) => {
    expect(requestOf(starting(value)).meeting.startDateTime).toBe(expected);
  });

  test.each<[string, string, string]>([
    ['01/02/2030 18:00', 'dmy', '2030-02-01T17:00:00Z'],
    ['01/02/2030 18:00', 'mdy', '2030-01-02T17:00:00Z'],
    ['1.2.30 18:00', 'dmy', '2030-02-01T17:00:00Z'],
    ['30-02-01 18:00', 'ymd', '2030-02-01T17:00:00Z'],
    ['2030-02-01 18:00', 'dmy', '2030-02-01T17:00:00Z'],
  ])('%s in the order %s is %s', (value, dateOrder, expected) => {
    expect(requestOf(starting(value, { dateOrder })).meeting.startDateTime).toBe(expected);
  });

  test.each<[unknown, RegExp, string?]>([
    [
      '01/02/2030 18:00',
      /2030-02-01 or 2030-01-02: day or month first\? Set dateOrder to dmy or mdy/,
    ],
    ['1.2.30 18:00', /two-digit year/],
    ['25.12.2030 18:00', /does not match the date order mdy/, 'mdy'],
    ['31.02.2030 18:00', /does not exist|date and time that exists/],
    ['2030-12-03', /date without a time of day/],
    ['47820', /date without a time of day/],
    [47_820, /date without a time of day/],
    ['03.03.2030', /date without a time of day/],
    ['18:00', /time of day without a date/],
    [0.75, /time of day without a date/],
    ['2030-12-03T18:00:00-05:00[Europe/Berlin]', /offset that its time zone does not use/],
    ['2030-12-03T18:00[Europe/Nowhere]', /unknown time zone/],
    ['tomorrow', /not a date and time such as/],
  ])('%p is refused: %s', (...[value, message, dateOrder]) => {
    expect(messageOf(starting(value, { dateOrder }))).toMatch(message);
  });

  test('with a day alone as start and as end is refused twice', () => {
    const meeting = { subject: 'a', startDateTime: '47820', endDateTime: '47820' };
    expect(problemsOf({ ...base, durationMinutes: '', meeting })).toEqual([
      'invalidTime meeting.startDateTime',
      'invalidTime meeting.endDateTime',
    ]);
  });
});

describe('a time zone', () => {
  test.each<[string, string]>([
    ['UTC+2', '2030-12-03T16:00:00Z'],
    ['UTC-05', '2030-12-03T23:00:00Z'],
    ['GMT+02:00', '2030-12-03T16:00:00Z'],
    ['+05:30', '2030-12-03T12:30:00Z'],
    ['Etc/GMT+2', '2030-12-03T20:00:00Z'],
    ['(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna', '2030-12-03T17:00:00Z'],
    ['(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien', '2030-12-03T17:00:00Z'],
    ['(GMT-05:00) Eastern Time (US & Canada)', '2030-12-03T23:00:00Z'],
    ['Pacific Time (US & Canada)', '2030-12-04T02:00:00Z'],
    ['W. Europe Daylight Time', '2030-12-03T17:00:00Z'],
    ['Mexico Standard Time', '2030-12-04T00:00:00Z'],
    ['tzone://Microsoft/Utc', '2030-12-03T18:00:00Z'],
    ['tzone://Microsoft/Romance Standard Time', '2030-12-03T17:00:00Z'],
    ['Greenwich Mean Time', '2030-12-03T18:00:00Z'],
    ['(UTC) Coordinated Universal Time', '2030-12-03T18:00:00Z'],
  ])('%s: 18:00 there is %s', (timeZone, expected) => {
    expect(requestOf({ ...base, timeZone }).meeting.startDateTime).toBe(expected);
  });

  test.each(['tzone://Microsoft/Custom', 'UTC+15', '(UTC+05:00) Berlin', 'Narnia Standard Time'])(
    '%s is none',
    (timeZone) => {
      expect(problemsOf({ ...base, timeZone })).toEqual(['unknownTimeZone timeZone']);
    },
  );
});

const id = 'dc17674c-81d9-4adb-bfb2-8f6a442e4622';

describe('an organizer', () => {
  test.each<[unknown, string]>([
    ['Anna Berg <anna@contoso.com>', 'anna@contoso.com'],
    ['"Berg, Anna" <anna@contoso.com>', 'anna@contoso.com'],
    ['Berg, Anna (anna@contoso.com)', 'anna@contoso.com'],
    ['mailto:anna@contoso.com', 'anna@contoso.com'],
    ['anna@contoso.com<mailto:anna@contoso.com>', 'anna@contoso.com'],
    ["'anna@contoso.com'", 'anna@contoso.com'],
    ['anna@contoso.com; ', 'anna@contoso.com'],
    ['Anna Berg anna@contoso.com', 'anna@contoso.com'],
    [`{${id}}`, id],
    ['i:0#.f|membership|anna@contoso.com', 'anna@contoso.com'],
    ['17;#i:0#.f|membership|anna@contoso.com', 'anna@contoso.com'],
    [['anna@contoso.com'], 'anna@contoso.com'],
    [
      {
        Claims: 'i:0#.f|membership|anna@contoso.com',
        DisplayName: 'Anna Berg',
        Email: 'anna@contoso.com',
        Department: null,
      },
      'anna@contoso.com',
    ],
    [{ id, mail: 'a.berg@contoso.com', userPrincipalName: 'anna@contoso.com' }, id],
    [{ emailAddress: { address: 'anna@contoso.com', name: 'Anna Berg' } }, 'anna@contoso.com'],
  ])('%j is %s', (organizer, expected) => {
    expect(requestOf({ ...base, organizer }).organizer).toBe(expected);
  });

  test.each<[unknown, RegExp]>([
    [
      'anna@contoso.com; ben@contoso.com',
      /^Two organizers are specified\. A meeting can have only one/,
    ],
    ['Anna <anna@contoso.com>, Ben <ben@contoso.com>', /^Two organizers/],
    [['anna@contoso.com', 'ben@contoso.com'], /^Two organizers/],
    ['Anna Berg', /^Expected one object id, user principal name or email address, got "Anna Berg"/],
    ['anna@contoso.com; Ben Okafor', /^Expected one object id/],
    [{ DisplayName: 'Anna Berg' }, /^Expected text, got an object/],
    ['c:0o.c|federateddirectoryclaimprovider|group', /^Expected one object id/],
  ])('%j is refused', (organizer, message) => {
    expect(messageOf({ ...base, organizer })).toMatch(message);
  });
});

test.each<[unknown, unknown]>([
  [
    'Okafor, Ben <ben@contoso.com>; parent@example.org;',
    [{ upn: 'ben@contoso.com' }, { upn: 'parent@example.org' }],
  ],
  ['a@x.org, Ben <b@x.org>, c@x.org', [{ upn: 'a@x.org' }, { upn: 'b@x.org' }, { upn: 'c@x.org' }]],
  [
    [{ Claims: 'i:0#.f|membership|ben@contoso.com', DisplayName: 'Ben' }],
    [{ upn: 'ben@contoso.com' }],
  ],
  [[{ email: 'b@x.org', role: 'Presenter' }], [{ upn: 'b@x.org', role: 'presenter' }]],
])('attendees %j', (attendees, expected) => {
  expect(requestOf(withMeeting({ participants: { attendees } })).meeting.participants).toEqual({
    attendees: expected,
  });
});

describe('a duration', () => {
  test.each<[unknown, number]>([
    ['0.0208333333333333', 30],
    ['0,0625', 90],
    [0.0625, 90],
    ['1:30', 90],
    ['1:30:00', 90],
    ['90 min', 90],
    ['90 Minuten', 90],
    ['1 h 30', 90],
    ['1h30', 90],
    ['1,5 Std.', 90],
    ['2 hours', 120],
    ['PT1H30M', 90],
    ['PT90M', 90],
    ['90,0', 90],
  ])('%p is %d minutes', (durationMinutes, minutes) => {
    const { startDateTime = '', endDateTime = '' } = requestOf({
      ...base,
      durationMinutes,
    }).meeting;
    expect((Date.parse(endDateTime) - Date.parse(startDateTime)) / 60_000).toBe(minutes);
  });

  test.each<[unknown, RegExp]>([
    ['0.5', /the Excel time 12:00 or a fraction of an hour/],
    ['0.00001', /not a whole number of minutes/],
    ['PT30S', /not a whole number of minutes/],
    ['1:75', /Expected a number of minutes, such as 90 or "1:30"/],
    ['PT', /Expected a number of minutes/],
    ['a while', /Expected a number of minutes/],
  ])('%p is refused', (durationMinutes, message) => {
    expect(messageOf({ ...base, durationMinutes })).toMatch(message);
  });
});

describe('an Excel error', () => {
  test.each(['#N/A', '#REF!', '#NAME?', '#DIV/0!', '#NV', '#BEZUG!', '#WERT!', '#¡VALOR!', '#N/D'])(
    '%s is refused by name',
    (error) => {
      expect(messageOf(withMeeting({ subject: error }))).toBe(
        `The cell contains the Excel error ${error} because its formula has no valid result.`,
      );
    },
  );

  test.each<[object, string]>([
    [{ organizer: '#N/A' }, 'organizer'],
    [{ requestId: '#N/A' }, 'requestId'],
    [{ timeZone: '#N/A' }, 'timeZone'],
    [{ durationMinutes: '#VALUE!' }, 'durationMinutes'],
    [{ language: '#NAME?' }, 'language'],
    [withMeeting({ startDateTime: '#N/A' }), 'meeting.startDateTime'],
    [withMeeting({ participants: { attendees: '#N/A' } }), 'meeting.participants.attendees'],
    [withMeeting({ recordAutomatically: '#N/A' }), 'meeting.recordAutomatically'],
  ])('%j is refused once, at %s', (change, target) => {
    expect(problemsOf({ ...base, ...change })).toEqual([`excelError ${target}`]);
  });

  test.each(['#Kickoff', '#1 priority', 'Why #N/A?', '# N/A'])('%s is a subject', (subject) => {
    expect(requestOf(withMeeting({ subject })).meeting.subject).toBe(subject);
  });
});

describe('what a meeting cannot do', () => {
  test.each([
    { isBroadcast: false },
    { recurrence: null },
    { chatInfo: {} },
    { broadcastSettings: null },
    { isAllDay: 'False' },
    { participants: { producers: [] } },
  ])('%j asks for nothing', (change) => {
    expect(problemsOf(withMeeting(change))).toEqual([]);
  });

  test.each<[object, string]>([
    [{ isBroadcast: true }, 'unsupportedProperty meeting.isBroadcast'],
    [{ isAllDay: true }, 'unsupportedProperty meeting.isAllDay'],
    [{ recurrence: { pattern: { type: 'weekly' } } }, 'unsupportedProperty meeting.recurrence'],
  ])('%j is refused', (change, problem) => {
    expect(problemsOf(withMeeting(change))).toEqual([problem]);
  });

  test('and what to do instead of a recurrence', () => {
    expect(messageOf({ ...base, recurrence: { pattern: { type: 'weekly' } } })).toMatch(
      /on one date\. Send one request for each date/,
    );
  });
});

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
const named = { ...base, requestId: 'inside' };
const cloudEvent = { specversion: '1.0', type: 'x', source: '/x', id: '1' };

describe('a request in an envelope', () => {
  test.each<[string, unknown]>([
    ['CloudEvents', { ...cloudEvent, data: named }],
    ['CloudEvents in base64', { ...cloudEvent, data_base64: base64(named) }],
    ['CloudEvents with text', { ...cloudEvent, data: JSON.stringify(named) }],
    ['Event Grid', { id: '1', eventType: 'x', subject: 'x', data: named, dataVersion: '1' }],
    ['a list of one Event Grid event', [{ id: '1', eventType: 'x', data: named }]],
    ['Service Bus', { MessageId: '1', ContentType: 'x', ContentData: base64(named) }],
    ['Logic Apps', { statusCode: 200, headers: {}, body: named }],
    ['Logic Apps content', { '$content-type': 'application/json', $content: base64(named) }],
    ['an event in a body', { body: { ...cloudEvent, data: named } }],
  ])('of %s is taken out', (_name, value) => {
    expect(requestOf(value).requestId).toBe('inside');
  });

  test.each<[unknown, RegExp]>([
    [{ ...cloudEvent, data: 'no request' }, /^This is a CloudEvents event without a request/],
    [{ id: '1', eventType: 'x', data: 7 }, /^This is an Event Grid event/],
    [{ body: 'x' }, /^This is the outputs of a Logic Apps action/],
  ])('%j is named', (value, message) => {
    expect(messageOf(value)).toMatch(message);
  });

  test('a calendar event is no envelope', () => {
    expect(problemsOf({ subject: 'x', body: { content: 'x' } })).toContain(
      'unknownProperty subject',
    );
  });
});

test.each([[[base]], [{ requests: [base] }], [[]]])(
  'the list %j is refused with the right endpoint',
  (list) => {
    expect(messageOf(list)).toBe(
      'Expected one request, got a list. Send a list to POST /api/batches, or as one message to the queue.',
    );
  },
);

test('a text of Python bytes is named', () => {
  expect(messageOf(withMeeting({ subject: "b'Evening'" }))).toMatch(/Python bytes\. Call decode/);
  expect(problemsOf({ ...base, requestId: "b'17'" })).toEqual(['invalidCharacters requestId']);
});

describe('on Graph’s own routes', () => {
  const parse = (body: object) => parseOnlineMeeting(body, { organizer: 'anna@contoso.com' });

  test.each<[object, object]>([
    [{ subject: '#N/A' }, { subject: '#N/A' }],
    [{ subject: "b'x'" }, { subject: "b'x'" }],
    [
      {
        startDateTime: '2016-12-01T14:30:00.123456789Z',
        endDateTime: '2016-12-01T15:30:00.123456789Z',
      },
      {
        startDateTime: '2016-12-01T14:30:00.1234567Z',
        endDateTime: '2016-12-01T15:30:00.1234567Z',
      },
    ],
    [{ subject: 'Weekly', isBroadcast: false }, { subject: 'Weekly' }],
  ])('%j is taken', (body, meeting) => {
    expect(parse(body)).toMatchObject({ ok: true, request: { meeting } });
  });

  test.each<[object, string]>([
    [{ startDateTime: '25.12.2030 14:30' }, 'invalidTime startDateTime'],
    [{ startDateTime: 46_357.5 }, 'wrongType startDateTime'],
    [
      { participants: { attendees: [{ email: 'a@x.org' }] } },
      'unknownProperty participants.attendees[0].email',
    ],
    [{ recurrence: { pattern: { type: 'weekly' } } }, 'unsupportedProperty recurrence'],
  ])('%j is refused', (body, problem) => {
    const parsed = parse(body);
    expect(!parsed.ok && parsed.problems.map(({ code, target }) => `${code} ${target}`)).toEqual([
      problem,
    ]);
  });
});
