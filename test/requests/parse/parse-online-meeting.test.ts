import {
  parseOnlineMeeting,
  type OnlineMeetingCall,
} from '../../../src/requests/parse/parse-online-meeting';

const organizer = 'dc17674c-81d9-4adb-bfb2-8f6a442e4622';

const parse = (input: unknown, call: Partial<OnlineMeetingCall> = {}) =>
  parseOnlineMeeting(input, { organizer, ...call });
const problemsOf = (input: unknown, call: Partial<OnlineMeetingCall> = {}) => {
  const parsed = parse(input, call);
  return parsed.ok ? [] : parsed.problems.map(({ code, target }) => `${code} ${target}`);
};
const meetingOf = (input: unknown) => {
  const parsed = parse(input);
  return parsed.ok ? parsed.request.meeting : parsed.problems;
};

test.each([
  [{}, {}],
  [{ subject: null, startDateTime: '' }, {}],
  [{ subject: 'A' }, { subject: 'A' }],
  [{ startDateTime: '2026-12-01T14:30:00' }, { startDateTime: '2026-12-01T14:30:00Z' }],
  [
    {
      startDateTime: '2019-07-12T14:30:34.2444915-07:00',
      endDateTime: '2019-07-12T15:00:34.2464912-07:00',
    },
    { startDateTime: '2019-07-12T21:30:34.2444915Z', endDateTime: '2019-07-12T22:00:34.2464912Z' },
  ],
  [
    { startDateTime: '2026-12-01T14:30:00Z', endDateTime: '2026-12-01T14:30:00Z' },
    { startDateTime: '2026-12-01T14:30:00Z', endDateTime: '2026-12-01T14:30:00Z' },
  ],
  [
    {
      '@odata.type': '#microsoft.graph.onlineMeeting',
      'subject@odata.type': '#String',
      subject: 'A',
    },
    { subject: 'A' },
  ],
  [{ participants: { organizer: { upn: 'someone@x.org' }, attendees: [] } }, {}],
  [
    { participants: { organizer: { upn: 'someone@x.org' }, attendees: [{ upn: 'a@x.org' }] } },
    { participants: { attendees: [{ upn: 'a@x.org' }] } },
  ],
  [
    { joinMeetingIdSettings: { isPasscodeRequired: true, passcode: null } },
    { joinMeetingIdSettings: { isPasscodeRequired: true } },
  ],
  [{ chatInfo: null, id: null }, {}],
])('takes %j', (input, meeting) => {
  expect(meetingOf(input)).toEqual(meeting);
});

test.each([
  [null, ['wrongType $']],
  ['', ['wrongType $']],
  [[], ['wrongType $']],
  ['{}', ['wrongType $']],
  [{ id: 'x' }, ['readOnlyProperty id']],
  [{ joinWebUrl: 'https://x' }, ['readOnlyProperty joinWebUrl']],
  [{ externalId: 'x' }, ['unsupportedProperty externalId']],
  [{ chatInfo: { threadId: 'x' } }, ['unsupportedProperty chatInfo']],
  [{ isBroadcast: true }, ['unsupportedProperty isBroadcast']],
  [
    { joinMeetingIdSettings: { passcode: 'x' } },
    ['unsupportedProperty joinMeetingIdSettings.passcode'],
  ],
  [{ organizer: 'a@x.org' }, ['unknownProperty organizer']],
  [{ startDateTime: 46_357.5 }, ['wrongType startDateTime']],
  [{ startDateTime: '2026-12-01' }, ['invalidTime startDateTime']],
  [{ endDateTime: '2026-12-01T14:30:00Z' }, ['endWithoutStart endDateTime']],
  [
    { startDateTime: '2026-12-01T14:30:00Z', endDateTime: '2026-12-01T14:29:59.9999999Z' },
    ['endBeforeStart endDateTime'],
  ],
  [
    { subject: 7, allowedPresenters: 'nobody' },
    ['wrongType subject', 'unknownValue allowedPresenters'],
  ],
])('refuses %j', (input, problems) => {
  expect(problemsOf(input)).toEqual(problems);
});

describe('createOrGet', () => {
  const call = { externalId: 'required' } as const;

  test('gives the externalId beside the meeting', () => {
    expect(parse({ externalId: ' key 1 ', subject: 'A' }, call)).toEqual({
      ok: true,
      request: { organizer, externalId: ' key 1 ', meeting: { subject: 'A' } },
    });
  });

  test.each([
    [{}, ['missing externalId']],
    [{ externalId: ' ' }, ['missing externalId']],
    [{ externalId: 'k'.repeat(200) }, []],
    [{ externalId: 'k'.repeat(201) }, ['tooLong externalId']],
    [{ externalId: 'clé' }, ['invalidCharacters externalId']],
    [{ externalId: 'a\nb' }, ['invalidCharacters externalId']],
    [{ externalId: 7 }, ['wrongType externalId']],
  ])('with %j', (input, problems) => {
    expect(problemsOf(input, call)).toEqual(problems);
  });
});

test('takes what the call says outside of its body', () => {
  expect(parse({}, { requestId: 'r', language: 'pt-BR' })).toEqual({
    ok: true,
    request: { requestId: 'r', language: 'pt-BR', organizer, meeting: {} },
  });
  expect(problemsOf({}, { organizer: 'me' })).toEqual(['invalidIdentity organizer']);
  expect(problemsOf({}, { organizer: '' })).toEqual(['missing organizer']);
});
