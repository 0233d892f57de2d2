import {
  parseMeetingRequest,
  requestIdOf,
} from '../../../src/requests/parse/parse-meeting-request';

const base = {
  requestId: 'enrolment-2026-0017',
  organizer: 'anna@contoso.com',
  meeting: {
    subject: 'Parent evening',
    startDateTime: '2026-12-01T14:30:00Z',
    endDateTime: '2026-12-01T15:00:00Z',
  },
};
const withMeeting = (meeting: object) => ({ ...base, meeting: { ...base.meeting, ...meeting } });

const requestOf = (input: unknown) => {
  const parsed = parseMeetingRequest(input);
  return parsed.ok ? parsed.request : parsed.problems;
};
const problemsOf = (input: unknown) => {
  const parsed = parseMeetingRequest(input);
  return parsed.ok ? [] : parsed.problems.map(({ code, target }) => `${code} ${target}`);
};

test('a request as it is documented', () => {
  const input = {
    requestId: 'enrolment-2026-0017',
    organizer: 'anna@contoso.com',
    language: 'pt-BR',
    timeZone: 'Europe/Lisbon',
    durationMinutes: 30,
    meeting: {
      subject: 'Parent evening',
      startDateTime: '2026-07-01T14:30:00',
      lobbyBypassSettings: { scope: 'everyone' },
    },
  };
  expect(parseMeetingRequest(input)).toEqual({
    ok: true,
    request: {
      requestId: 'enrolment-2026-0017',
      organizer: 'anna@contoso.com',
      language: 'pt-BR',
      meeting: {
        subject: 'Parent evening',
        startDateTime: '2026-07-01T13:30:00Z',
        endDateTime: '2026-07-01T14:00:00Z',
        lobbyBypassSettings: { scope: 'everyone' },
      },
    },
  });
});

test('a row of a table, in which everything is text', () => {
  const input = {
    requestId: '17',
    organizer: ' anna@contoso.com ',
    language: '',
    timeZone: 'w. europe standard time',
    durationMinutes: '45',
    meeting: {
      subject: 'Elternabend',
      startDateTime: '46204.604166666664',
      endDateTime: '',
      allowedPresenters: 'ROLEISPRESENTER',
      recordAutomatically: 'yes',
      allowRecording: '0',
      anonymizeIdentityForRoles: 'attendee; Presenter; attendee',
      lobbyBypassSettings: {
        scope: ' organizationExcludingGuests',
        isDialInBypassEnabled: 'FALSE',
      },
      joinMeetingIdSettings: { isPasscodeRequired: '' },
      meetingTemplateId: ' ',
      participants: { attendees: 'a@x.org; b@x.org' },
    },
  };
  expect(requestOf(input)).toEqual({
    requestId: '17',
    organizer: 'anna@contoso.com',
    meeting: {
      subject: 'Elternabend',
      startDateTime: '2026-07-01T12:30:00Z',
      endDateTime: '2026-07-01T13:15:00Z',
      allowedPresenters: 'roleIsPresenter',
      recordAutomatically: true,
      allowRecording: false,
      anonymizeIdentityForRoles: ['attendee', 'presenter'],
      lobbyBypassSettings: { scope: 'organizationExcludingGuests', isDialInBypassEnabled: false },
      participants: { attendees: [{ upn: 'a@x.org' }, { upn: 'b@x.org' }] },
    },
  });
});

test.each([
  [null, ['wrongType $']],
  [[], ['wrongType $']],
  ['x', ['wrongType $']],
  [{}, ['missing organizer', 'missing meeting']],
  [
    { organizer: ' ', meeting: {} },
    [
      'missing organizer',
      'missing meeting.subject',
      'missing meeting.startDateTime',
      'missing meeting.endDateTime',
    ],
  ],
  [{ ...base, meeting: 'x' }, ['wrongType meeting']],
  [{ ...base, organizer: 'anna' }, ['invalidIdentity organizer']],
  [{ ...base, organizer: 7 }, ['wrongType organizer']],
  [{ ...base, organizer: '', organizerPool: 'lessons' }, []],
  [{ ...base, organizerPool: 'lessons' }, ['conflicting organizerPool']],
  [
    { ...base, action: 'cancel', requestId: 'a', organizerPool: 'lessons' },
    ['conflicting organizerPool'],
  ],
  [{ ...base, organizer: '', organizerPool: 'x'.repeat(65) }, ['tooLong organizerPool']],
  [{ ...base, organizer: '', organizerPool: ['lessons'] }, ['wrongType organizerPool']],
  [{ ...base, requestId: 'x'.repeat(256) }, []],
  [{ ...base, requestId: 'x'.repeat(257) }, ['tooLong requestId']],
  [{ ...base, requestId: 'a\u0007' }, ['invalidCharacters requestId']],
  [{ ...base, requestId: true }, ['wrongType requestId']],
  [{ ...base, requestId: 1.5 }, ['wrongType requestId']],
  [{ ...base, language: 'de-AT, de;q=0.8, *;q=0.1' }, []],
  [{ ...base, language: 'pt_BR' }, ['invalidLanguage language']],
  [{ ...base, language: 'de\r\nX: y' }, ['invalidLanguage language']],
  [{ ...base, language: 'a,'.repeat(65) }, ['tooLong language']],
  [{ ...base, timeZone: 'Europe/Lisboa' }, ['unknownTimeZone timeZone']],
  [{ ...base, timeZone: 1 }, ['wrongType timeZone']],
  [{ ...base, colour: 'red' }, ['unknownProperty colour']],
  [{ ...base, colour: '' }, ['unknownProperty colour']],
  [{ ...base, '@odata.type': 'x' }, []],
  [
    JSON.parse('{"__proto__":{"organizer":"a@x.org"},"constructor":1}'),
    [
      'unknownProperty __proto__',
      'unknownProperty constructor',
      'missing organizer',
      'missing meeting',
    ],
  ],
])('the envelope %j', (input, problems) => {
  expect(problemsOf(input)).toEqual(problems);
});

test.each([
  [{ subject: '' }, ['missing meeting.subject']],
  [{ subject: 'a\u0000b' }, ['invalidCharacters meeting.subject']],
  [{ subject: '\ud800' }, ['invalidCharacters meeting.subject']],
  [{ subject: '😀 – ok' }, []],
  [{ subject: 'x'.repeat(4096) }, []],
  [{ subject: 'x'.repeat(4097) }, ['tooLong meeting.subject']],
  [{ Subject: 'x' }, ['unknownProperty meeting.Subject']],
  [{ id: 'x' }, ['readOnlyProperty meeting.id']],
  [
    { participants: { organizer: { upn: 'a@x.org' } } },
    ['readOnlyProperty meeting.participants.organizer'],
  ],
  [
    { participants: { attendees: [{ upn: 'a@x.org' }, { upn: 'b' }] } },
    ['invalidIdentity meeting.participants.attendees[1].upn'],
  ],
  [
    { joinMeetingIdSettings: { passcode: '123', joinMeetingId: '4' } },
    [
      'unsupportedProperty meeting.joinMeetingIdSettings.passcode',
      'unsupportedProperty meeting.joinMeetingIdSettings.joinMeetingId',
    ],
  ],
  [{ lobbyBypassSettings: 'everyone' }, ['wrongType meeting.lobbyBypassSettings']],
  [{ lobbyBypassSettings: { scope: 'all' } }, ['unknownValue meeting.lobbyBypassSettings.scope']],
  [
    { lobbyBypassSettings: { scope: 'unknownFutureValue' } },
    ['unknownValue meeting.lobbyBypassSettings.scope'],
  ],
  [{ allowMeetingChat: 1 }, ['wrongType meeting.allowMeetingChat']],
  [{ recordAutomatically: 'maybe' }, ['wrongType meeting.recordAutomatically']],
  [{ recordAutomatically: 2 }, ['wrongType meeting.recordAutomatically']],
  [
    { anonymizeIdentityForRoles: ['attendee', 'nobody'] },
    ['unknownValue meeting.anonymizeIdentityForRoles[1]'],
  ],
  [{ allowedPresenters: 'roleIsPresenter' }, []],
  [{ startDateTime: '2026-12-01T14:30:00' }, ['missingTimeZone meeting.startDateTime']],
  [{ startDateTime: 46_357.5 }, ['missingTimeZone meeting.startDateTime']],
  [{ startDateTime: '2026-12-01' }, ['invalidTime meeting.startDateTime']],
  [
    { startDateTime: { dateTime: '2026-12-01T14:30:00', timeZone: 'UTC' } },
    ['wrongType meeting.startDateTime'],
  ],
  [{ startDateTime: '2026-12-01T15:00:00Z' }, []],
  [{ startDateTime: '2026-12-01T15:00:00.0000001Z' }, ['endBeforeStart meeting.endDateTime']],
  [{ startDateTime: '' }, ['missing meeting.startDateTime']],
  [{ endDateTime: null }, ['missing meeting.endDateTime']],
])('a meeting with %j', (meeting, problems) => {
  expect(problemsOf(withMeeting(meeting))).toEqual(problems);
});

test.each([
  [1, '2026-12-01T14:31:00Z'],
  ['30', '2026-12-01T15:00:00Z'],
  ['30.0', '2026-12-01T15:00:00Z'],
  [43_200, '2026-12-31T14:30:00Z'],
])('a meeting of %p minutes ends at %s', (durationMinutes, endDateTime) => {
  expect(requestOf({ ...withMeeting({ endDateTime: '' }), durationMinutes })).toMatchObject({
    meeting: { endDateTime },
  });
});

test.each([
  [0, 'outOfRange durationMinutes'],
  [-5, 'outOfRange durationMinutes'],
  [1.5, 'outOfRange durationMinutes'],
  [43_201, 'outOfRange durationMinutes'],
  ['half an hour', 'wrongType durationMinutes'],
  [true, 'wrongType durationMinutes'],
])('no meeting has %p minutes', (durationMinutes, problem) => {
  expect(problemsOf({ ...withMeeting({ endDateTime: '' }), durationMinutes })).toEqual([problem]);
});

test('an end and a duration contradict each other', () => {
  expect(problemsOf({ ...base, durationMinutes: 30 })).toEqual(['conflicting durationMinutes']);
});

test('all problems are named at once, and a bad zone only once', () => {
  const input = {
    organizer: 'anna',
    timeZone: 'Nowhere/Here',
    meeting: {
      startDateTime: '2026-12-01T14:30:00',
      endDateTime: '2026-02-30T10:00',
      id: '1',
      colour: 'red',
    },
  };
  expect(problemsOf(input)).toEqual([
    'unknownTimeZone timeZone',
    'invalidIdentity organizer',
    'invalidTime meeting.endDateTime',
    'readOnlyProperty meeting.id',
    'unknownProperty meeting.colour',
    'missing meeting.subject',
  ]);
});

test.each([
  [
    { ...base, subject: 'x' },
    'The property "subject" does not exist here. Did you mean meeting.subject?',
  ],
  [
    withMeeting({ timeZone: 'UTC' }),
    'The property "timeZone" does not exist here. Did you mean timeZone next to meeting?',
  ],
  [
    withMeeting({ attendees: 'a@x.org' }),
    'The property "attendees" does not exist here. Did you mean participants.attendees?',
  ],
  [
    withMeeting({ startDatetime: 'x' }),
    'The property "startDatetime" does not exist here. Did you mean startDateTime?',
  ],
  [
    withMeeting({ allowMeetingChat: 'off' }),
    '"off" is not a valid value for this property. Allowed values: enabled, disabled, limited.',
  ],
  [
    withMeeting({ chatInfo: { threadId: '19:x@thread.v2' } }),
    '"chatInfo" cannot be set: Graph creates the chat itself and returns an error if you send one.',
  ],
  [withMeeting({ subject: 7 }), 'Expected text, got 7.'],
  [
    { ...base, timeZone: 'Europe/Lisboa' },
    '"Europe/Lisboa" is not a time zone. Did you mean Europe/Lisbon?',
  ],
])('says in words what is wrong', (input, message) => {
  const parsed = parseMeetingRequest(input);
  expect(!parsed.ok && parsed.problems.map((problem) => problem.message)).toEqual([message]);
});

describe('the requestId', () => {
  test('is kept exactly as it was sent', () => {
    expect(requestOf({ ...base, requestId: ' Row 17 ' })).toMatchObject({ requestId: ' Row 17 ' });
  });

  test('may be a whole number', () => {
    expect(requestOf({ ...base, requestId: 17 })).toMatchObject({ requestId: '17' });
  });

  test('is known even if the rest of the request is wrong', () => {
    expect(parseMeetingRequest({ requestId: 'r1' })).toMatchObject({ ok: false, requestId: 'r1' });
    expect(parseMeetingRequest({ requestId: '\u0001' })).not.toHaveProperty('requestId');
  });

  test.each([
    [{ requestId: 'r1' }, 'r1'],
    [{ requestId: 17 }, '17'],
    [{ requestId: '' }, undefined],
    [{ requestId: ['r1'] }, undefined],
    [{}, undefined],
    ['r1', undefined],
    [null, undefined],
  ])('of %j is %p before parsing', (input, expected) => {
    expect(requestIdOf(input)).toBe(expected);
  });
});
