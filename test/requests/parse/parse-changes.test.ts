import { parseMeetingRequest } from '../../../src/requests/parse/parse-meeting-request';

const meeting = {
  subject: 'Parent evening',
  startDateTime: '2030-01-15T15:00:00Z',
  endDateTime: '2030-01-15T15:30:00Z',
};

test.each<[string, object, object]>([
  [
    'an update of one property',
    { requestId: 'r-1', action: 'update', meeting: { subject: 'New' } },
    { requestId: 'r-1', action: 'update', organizer: '', meeting: { subject: 'New' } },
  ],
  [
    'a move, by a duration',
    {
      requestId: 'r-1',
      action: 'Update',
      revision: '7',
      timeZone: 'Europe/Lisbon',
      durationMinutes: 45,
      meeting: { startDateTime: '2030-01-16T15:00:00', subject: '' },
    },
    {
      requestId: 'r-1',
      action: 'update',
      revision: 7,
      organizer: '',
      meeting: { startDateTime: '2030-01-16T15:00:00Z', endDateTime: '2030-01-16T15:45:00Z' },
    },
  ],
  [
    'an update without anybody',
    { requestId: 'r-1', action: 'update', meeting: { participants: { attendees: [] } } },
    {
      requestId: 'r-1',
      action: 'update',
      organizer: '',
      meeting: { participants: { attendees: [] } },
    },
  ],
  [
    'an update that only compares',
    { requestId: 'r-1', action: 'update', refresh: true },
    { requestId: 'r-1', action: 'update', refresh: true, organizer: '', meeting: {} },
  ],
  [
    'a cancel, in a row that still has its meeting',
    {
      requestId: 'r-1',
      action: 'cancel',
      comment: 'Ill.',
      meeting: { startDateTime: 'whenever' },
      durationMinutes: 'long',
      timeZone: 'Nowhere',
    },
    { requestId: 'r-1', action: 'cancel', comment: 'Ill.', organizer: '', meeting: {} },
  ],
  [
    'an upsert',
    {
      requestId: 'r-1',
      action: 'upsert',
      organizer: 'anna@contoso.com',
      ifUnknown: 'retry',
      meeting,
    },
    {
      requestId: 'r-1',
      action: 'upsert',
      organizer: 'anna@contoso.com',
      ifUnknown: 'retry',
      meeting,
    },
  ],
])('%s is read', (_name, given, request) => {
  expect(parseMeetingRequest(given)).toEqual({ ok: true, request });
});

test.each<[string, object, readonly string[]]>([
  [
    'an unknown action',
    { requestId: 'r-1', action: 'delete', organizer: 'anna@contoso.com', meeting },
    ['action unknownValue'],
  ],
  ['no requestId', { action: 'cancel' }, ['requestId missing']],
  [
    'an upsert without organizer',
    { requestId: 'r-1', action: 'upsert', meeting },
    ['organizer missing'],
  ],
  [
    'an update of nothing',
    { requestId: 'r-1', action: 'update', meeting: { subject: '' } },
    ['meeting missing'],
  ],
  ['an update without meeting', { requestId: 'r-1', action: 'update' }, ['meeting missing']],
  [
    'a start without an end',
    { requestId: 'r-1', action: 'update', meeting: { startDateTime: meeting.startDateTime } },
    ['meeting.endDateTime missing'],
  ],
  [
    'an end without a start',
    { requestId: 'r-1', action: 'update', meeting: { endDateTime: meeting.endDateTime } },
    ['meeting.startDateTime missing'],
  ],
  [
    'an end before its start',
    {
      requestId: 'r-1',
      action: 'update',
      meeting: { startDateTime: meeting.endDateTime, endDateTime: meeting.startDateTime },
    },
    ['meeting.endDateTime endBeforeStart'],
  ],
  [
    'what only a new meeting can have',
    {
      requestId: 'r-1',
      action: 'update',
      meeting: { joinMeetingIdSettings: { isPasscodeRequired: true }, meetingTemplateId: 't' },
    },
    [
      'meeting.joinMeetingIdSettings unsupportedProperty',
      'meeting.meetingTemplateId unsupportedProperty',
    ],
  ],
  [
    'half a revision',
    { requestId: 'r-1', action: 'cancel', revision: 1.5 },
    ['revision outOfRange'],
  ],
  [
    'a negative revision',
    { requestId: 'r-1', action: 'cancel', revision: -1 },
    ['revision outOfRange'],
  ],
  [
    'a comment of an update',
    { requestId: 'r-1', action: 'update', comment: 'x', meeting: { subject: 'New' } },
    ['comment unsupportedProperty'],
  ],
  [
    'ifUnknown of a cancel',
    { requestId: 'r-1', action: 'cancel', ifUnknown: 'retry' },
    ['ifUnknown unsupportedProperty'],
  ],
])('%s is refused by name', (_name, given, expected) => {
  const parsed = parseMeetingRequest(given);
  const problems = parsed.ok ? [] : parsed.problems.map(({ target, code }) => `${target} ${code}`);
  expect(problems).toEqual(expected);
});
