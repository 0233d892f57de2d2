import { parseMeetingChange } from '../../../src/requests/parse/parse-meeting-change';

const times = { startDateTime: '2026-12-01T14:30:00', endDateTime: '2026-12-01T16:00:00+01:00' };

test.each<[object, object]>([
  [{ subject: 'Walk' }, { subject: 'Walk' }],
  [times, { startDateTime: '2026-12-01T14:30:00Z', endDateTime: '2026-12-01T15:00:00Z' }],
  [{ participants: { attendees: [] } }, { participants: { attendees: [] } }],
  [
    { '@odata.type': '#microsoft.graph.onlineMeeting', allowRecording: false },
    { allowRecording: false },
  ],
  [{ subject: 'Walk', id: null, externalId: null }, { subject: 'Walk' }],
])('takes %j', (input, properties) => {
  expect(parseMeetingChange(input)).toEqual({ ok: true, properties });
});

test.each<[unknown, readonly string[]]>([
  [{}, ['missing $']],
  [null, ['missing $']],
  [[], ['wrongType $']],
  [{ '@odata.type': 'x' }, ['missing $']],
  [{ startDateTime: times.startDateTime }, ['missing endDateTime']],
  [{ endDateTime: times.endDateTime }, ['missing startDateTime']],
  [{ startDateTime: times.startDateTime, endDateTime: null }, ['missing endDateTime']],
  [
    { startDateTime: '2026-12-01T15:00:00Z', endDateTime: '2026-12-01T14:00:00Z' },
    ['endBeforeStart endDateTime'],
  ],
  [{ subject: null }, ['missing subject']],
  [
    { participants: { organizer: { upn: 'ben@contoso.com' } } },
    ['unsupportedProperty participants.organizer'],
  ],
  [
    {
      joinMeetingIdSettings: { isPasscodeRequired: true },
      allowParticipantsToChangeName: true,
      meetingTemplateId: 'x',
      shareMeetingChatHistoryDefault: 'all',
      chatRestrictions: { allowTextOnly: true },
    },
    [
      'unsupportedProperty joinMeetingIdSettings',
      'unsupportedProperty allowParticipantsToChangeName',
      'unsupportedProperty meetingTemplateId',
      'unsupportedProperty shareMeetingChatHistoryDefault',
      'unsupportedProperty chatRestrictions',
    ],
  ],
  [{ externalId: 'x' }, ['unsupportedProperty externalId']],
  [
    { meetingType: 'scheduled', joinWebUrl: 'x' },
    ['readOnlyProperty meetingType', 'readOnlyProperty joinWebUrl'],
  ],
  [{ colour: 'red' }, ['unknownProperty colour']],
])('refuses %j', (input, expected) => {
  const parsed = parseMeetingChange(input);
  const problems = parsed.ok ? [] : parsed.problems;
  expect(problems.map(({ code, target }) => `${code} ${target}`)).toEqual(expected);
});
