import { isSilentAbout, notApplied } from '../../../src/meetings/calls/not-applied';
import type { OnlineMeeting, OnlineMeetingInput } from '../../../src/requests/online-meeting';

const anna = 'dc17674c-81d9-4adb-bfb2-8f6a442e4622';

test.each<[string, OnlineMeetingInput, OnlineMeeting, string[]]>([
  ['a subject that is the same', { subject: 'A' }, { subject: 'A' }, []],
  ['a subject in other letters', { subject: 'A' }, { subject: 'a' }, ['subject']],
  ['a subject that is missing', { subject: 'A' }, {}, ['subject']],
  ['a subject that is null', { subject: 'A' }, { subject: null }, ['subject']],
  [
    'a time written in another way',
    { startDateTime: '2026-12-01T14:30:00Z', endDateTime: '2026-12-01T15:00:00.1Z' },
    {
      startDateTime: '2026-12-01T14:30:00.0000000+00:00',
      endDateTime: '2026-12-01T16:00:00.1000000+01:00',
    },
    [],
  ],
  [
    'another time',
    { startDateTime: '2026-12-01T14:30:00Z' },
    { startDateTime: '2026-12-01T14:30:00.0000001Z' },
    ['startDateTime'],
  ],
  ['off, and absent', { recordAutomatically: false }, {}, ['recordAutomatically']],
  ['off, and null', { recordAutomatically: false }, { recordAutomatically: null }, []],
  [
    'off, but on',
    { recordAutomatically: false },
    { recordAutomatically: true },
    ['recordAutomatically'],
  ],
  ['on, but absent', { recordAutomatically: true }, {}, ['recordAutomatically']],
  [
    'on, but null',
    { recordAutomatically: true },
    { recordAutomatically: null },
    ['recordAutomatically'],
  ],
  [
    'a choice in other letters',
    { allowMeetingChat: 'limited' },
    { allowMeetingChat: 'Limited' },
    [],
  ],
  [
    'a choice that Graph did not name',
    { lobbyBypassSettings: { scope: 'invited' } },
    { lobbyBypassSettings: { scope: 'unknownFutureValue' } },
    ['lobbyBypassSettings.scope'],
  ],
  [
    'a group that is null',
    { lobbyBypassSettings: { scope: 'everyone', isDialInBypassEnabled: false } },
    { lobbyBypassSettings: null },
    ['lobbyBypassSettings.scope'],
  ],
  [
    'a passcode that was not made',
    { joinMeetingIdSettings: { isPasscodeRequired: true } },
    { joinMeetingIdSettings: { isPasscodeRequired: false, passcode: null } },
    ['joinMeetingIdSettings.isPasscodeRequired'],
  ],
  [
    'a passcode that was not asked for',
    { joinMeetingIdSettings: { isPasscodeRequired: false } },
    { joinMeetingIdSettings: { isPasscodeRequired: true, passcode: 'x' } },
    ['joinMeetingIdSettings.isPasscodeRequired'],
  ],
  [
    'roles in another order',
    { anonymizeIdentityForRoles: ['attendee', 'presenter'] },
    { anonymizeIdentityForRoles: ['presenter', 'attendee'] },
    [],
  ],
  ['no roles, and absent', { anonymizeIdentityForRoles: [] }, {}, ['anonymizeIdentityForRoles']],
  [
    'no roles, and null',
    { anonymizeIdentityForRoles: [] },
    { anonymizeIdentityForRoles: null },
    [],
  ],
  [
    'a part of a group that is absent',
    { lobbyBypassSettings: { isDialInBypassEnabled: false } },
    { lobbyBypassSettings: {} },
    ['lobbyBypassSettings.isDialInBypassEnabled'],
  ],
  [
    'a name that every object has',
    JSON.parse('{"constructor":false}') as OnlineMeetingInput,
    {},
    ['constructor'],
  ],
  [
    'a role too few',
    { anonymizeIdentityForRoles: ['attendee', 'presenter'] },
    { anonymizeIdentityForRoles: ['attendee'] },
    ['anonymizeIdentityForRoles'],
  ],
  [
    'a role too many',
    { anonymizeIdentityForRoles: ['attendee'] },
    { anonymizeIdentityForRoles: ['attendee', 'presenter'] },
    ['anonymizeIdentityForRoles'],
  ],
  ['nothing asked for', {}, { subject: 'A', recordAutomatically: true }, []],
  [
    'several, in order',
    { subject: 'A', allowRecording: true, lobbyBypassSettings: { scope: 'everyone' } },
    {},
    ['allowRecording', 'lobbyBypassSettings.scope', 'subject'],
  ],
])('compares %s', (_, requested, returned, expected) => {
  expect(notApplied(requested, returned)).toEqual(expected);
});

describe('attendees', () => {
  const returned: OnlineMeeting = {
    participants: {
      attendees: [
        { upn: 'bob@x.org', role: 'attendee', identity: null },
        {
          upn: 'Anna@X.org',
          role: 'presenter',
          identity: { user: { id: anna.toUpperCase(), displayName: null } },
        },
        { upn: 'cem@x.org', role: null },
        null,
      ],
    },
  };

  test.each<[NonNullable<NonNullable<OnlineMeetingInput['participants']>['attendees']>, string[]]>([
    [[{ upn: 'anna@x.org', role: 'presenter' }, { upn: 'BOB@x.org' }], []],
    [[{ identity: { user: { id: anna } } }], []],
    [[{ upn: 'anna@x.org', role: 'coorganizer' }], ['participants.attendees[0].role']],
    [[{ upn: 'cem@x.org', role: 'attendee' }], []],
    [[{ upn: 'cem@x.org', role: 'presenter' }], ['participants.attendees[0].role']],
    [
      [{ upn: 'bob@x.org' }, { upn: 'dan@x.org', role: 'presenter' }],
      ['participants.attendees[1]'],
    ],
    [[], []],
  ])('%j', (attendees, expected) => {
    expect(notApplied({ participants: { attendees } }, returned)).toEqual(expected);
  });

  test('none returned means none applied', () => {
    const requested = { participants: { attendees: [{ upn: 'a@x.org' }] } };
    expect(notApplied(requested, {})).toEqual(['participants.attendees[0]']);
    expect(notApplied(requested, { participants: { attendees: null } })).toEqual([
      'participants.attendees[0]',
    ]);
  });
});

test.each<[string, OnlineMeeting, boolean]>([
  ['subject', {}, true],
  ['subject', { subject: null }, false],
  ['lobbyBypassSettings.scope', {}, true],
  ['lobbyBypassSettings.scope', { lobbyBypassSettings: {} }, true],
  ['lobbyBypassSettings.scope', { lobbyBypassSettings: null }, false],
  ['participants.attendees[0].role', {}, true],
  ['participants.attendees[0].role', { participants: { attendees: [] } }, false],
])('about %s, the answer %j says nothing: %s', (path, returned, expected) => {
  expect(isSilentAbout(path, returned)).toBe(expected);
});
