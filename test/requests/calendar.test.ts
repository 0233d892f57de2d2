import { parseMeetingRequest } from '../../src/requests/parse/parse-meeting-request';

const request = {
  requestId: 'r-1',
  organizer: 'anna@contoso.com',
  meeting: {
    subject: 'Parent evening',
    startDateTime: '2026-12-01T14:30:00Z',
    endDateTime: '2026-12-01T15:00:00Z',
  },
};

const calendarOf = (calendar: unknown): unknown => {
  const parsed = parseMeetingRequest({ ...request, calendar });
  return parsed.ok ? parsed.request.calendar : parsed.problems;
};

test.each([
  [true, {}],
  ['yes', {}],
  [false, undefined],
  ['', undefined],
  [{}, undefined],
  [{ location: '', invite: null }, undefined],
  [{ enabled: 'no', location: 'Room 3' }, undefined],
  [{ enabled: 'yes' }, {}],
  [{ location: 'Room 3' }, { location: 'Room 3' }],
  [{ body: 'Bring pens' }, { body: { contentType: 'text', content: 'Bring pens' } }],
  [
    { body: { contentType: 'HTML', content: '<p>Hi</p>' } },
    { body: { contentType: 'html', content: '<p>Hi</p>' } },
  ],
  [
    { reminderMinutesBeforeStart: '30', showAs: 'Free', categories: 'A; B', hideAttendees: 'yes' },
    { reminderMinutesBeforeStart: 30, showAs: 'free', categories: ['A', 'B'], hideAttendees: true },
  ],
])('%j is read as %j', (given, expected) => {
  expect(calendarOf(given)).toEqual(expected);
});

test.each([
  [
    'Ben <ben@contoso.com>; "Alves, Anna" <anna@example.org>',
    undefined,
    ['required ben@contoso.com', 'required anna@example.org'],
  ],
  [['a@x.org', 'b@x.org'], 'c@x.org', ['required a@x.org', 'required b@x.org', 'optional c@x.org']],
  ['a@x.org', 'A@x.org', ['required a@x.org']],
  [
    [{ emailAddress: { address: 'a@x.org', name: 'A' }, type: 'optional' }],
    undefined,
    ['optional a@x.org'],
  ],
])('invite %j, inviteOptional %j', (invite, inviteOptional, expected) => {
  const calendar = calendarOf({ invite, inviteOptional }) as {
    readonly invite: readonly { readonly type: string; readonly address: string }[];
  };
  expect(calendar.invite.map(({ type, address }) => `${type} ${address}`)).toEqual(expected);
});

test.each([
  [{ invite: 'ben' }, 'invalidIdentity', 'calendar.invite[0]'],
  [{ invite: ['dc17674c-81d9-4adb-bfb2-8f6a442e4601'] }, 'invalidIdentity', 'calendar.invite[0]'],
  [{ invite: [{ type: 'required' }] }, 'invalidIdentity', 'calendar.invite[0]'],
  [{ invite: [{ address: 'a@x.org', type: 'room' }] }, 'unknownValue', 'calendar.invite[0].type'],
  [{ invite: 7 }, 'wrongType', 'calendar.invite'],
  [
    { invite: Array.from({ length: 501 }, (_, index) => `p${index}@x.org`) },
    'tooMany',
    'calendar.invite',
  ],
  [{ showAs: 'away' }, 'unknownValue', 'calendar.showAs'],
  [{ reminderMinutesBeforeStart: -5 }, 'wrongType', 'calendar.reminderMinutesBeforeStart'],
  [{ reminderMinutesBeforeStart: 'soon' }, 'wrongType', 'calendar.reminderMinutesBeforeStart'],
  [{ attendees: 'a@x.org' }, 'unknownProperty', 'calendar.attendees'],
  ['perhaps', 'wrongType', 'calendar'],
])('%j is refused: %s at %s', (given, code, target) => {
  expect(calendarOf(given)).toMatchObject([{ code, target }]);
});

test('options that exist only at creation are refused by name, all at once', () => {
  const parsed = parseMeetingRequest({
    ...request,
    calendar: true,
    meeting: {
      ...request.meeting,
      joinMeetingIdSettings: { isPasscodeRequired: true },
      meetingTemplateId: 'x',
      allowParticipantsToChangeName: true,
      shareMeetingChatHistoryDefault: 'all',
      participants: {
        attendees: [
          { upn: 'ben@contoso.com' },
          { identity: { user: { id: 'dc17674c-81d9-4adb-bfb2-8f6a442e4602' } } },
        ],
      },
    },
  });
  expect(parsed).toMatchObject({ ok: false });
  expect(
    parsed.ok ? [] : parsed.problems.map(({ code, target }) => `${code} ${target}`).toSorted(),
  ).toEqual([
    'missing meeting.participants.attendees[1].upn',
    'unsupportedProperty meeting.allowParticipantsToChangeName',
    'unsupportedProperty meeting.joinMeetingIdSettings',
    'unsupportedProperty meeting.meetingTemplateId',
    'unsupportedProperty meeting.shareMeetingChatHistoryDefault',
  ]);
});

test('a cancel leaves out the calendar of its row', () => {
  const parsed = parseMeetingRequest({ ...request, action: 'cancel', calendar: { invite: 'x' } });
  expect(parsed).toMatchObject({ ok: true });
});

const read = (given: object): unknown => {
  const parsed = parseMeetingRequest({ requestId: 'r-1', ...given });
  return parsed.ok ? parsed.request : parsed.problems;
};

test.each([
  [{ calendar: { comment: 'Snow' } }, { comment: 'Snow' }],
  [{ calendar: { comment: 'Snow' }, comment: 'Snow' }, { comment: 'Snow' }],
  [{ calendar: { comment: '', location: 'Room 3' }, comment: 'Snow' }, { comment: 'Snow' }],
])('a cancel has its comment beside the calendar or in it: %j', (given, expected) => {
  expect(read({ action: 'cancel', ...given })).toEqual({
    requestId: 'r-1',
    action: 'cancel',
    organizer: '',
    meeting: {},
    ...expected,
  });
});

test.each([
  ['cancel', { calendar: { comment: 'Snow' }, comment: 'Ill' }, 'conflicting'],
  ['update', { calendar: { comment: 'Snow' } }, 'unsupportedProperty'],
])('%s with %j is refused: %s', (action, given, code) => {
  expect(read({ action, ...given })).toMatchObject([{ code, target: 'calendar.comment' }]);
});

test.each([
  [{ location: 'Room 4' }, { location: 'Room 4' }],
  [{ inviteOptional: 'a@x.org' }, { invite: [{ address: 'a@x.org', type: 'optional' }] }],
  [{ invite: [] }, { invite: [] }],
])('an update may be about the calendar alone: %j', (given, expected) => {
  expect(read({ action: 'update', calendar: given })).toMatchObject({ calendar: expected });
});

test('an update that says nothing of the calendar or the meeting is refused', () => {
  const calendar = { location: '', invite: '' };
  expect(read({ action: 'update', calendar })).toMatchObject([
    { code: 'missing', target: 'meeting' },
  ]);
});
