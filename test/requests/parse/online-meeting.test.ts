import {
  createOnlyProperties,
  createOrGetProperties,
  onlineMeetingInputSchema,
  onlineMeetingSchema,
  patchableProperties,
  writableProperties,
} from '../../../src/requests/online-meeting';
import { refusedProperties } from '../../../src/requests/readers/refused-properties';

test('createOrGet takes the core of a meeting and nothing else', () => {
  expect(createOrGetProperties).toEqual([
    'subject',
    'startDateTime',
    'endDateTime',
    'participants',
  ]);
});

test('what Graph cannot change later is set at creation', () => {
  expect(createOnlyProperties).toEqual([
    'allowParticipantsToChangeName',
    'chatRestrictions',
    'joinMeetingIdSettings',
    'meetingTemplateId',
    'shareMeetingChatHistoryDefault',
  ]);
});

test('a writable property is either patchable or set at creation', () => {
  const both = [...patchableProperties, ...createOnlyProperties];
  expect(both.toSorted()).toEqual(writableProperties.toSorted());
  expect(new Set(both).size).toBe(both.length);
});

/** The properties of onlineMeeting in the v1.0 metadata, with those that the documentation adds. */
const graphProperties = [
  ...['id', 'allowAttendeeToEnableCamera', 'allowAttendeeToEnableMic', 'allowBreakoutRooms'],
  ...[
    'allowCopyingAndSharingMeetingContent',
    'allowedLobbyAdmitters',
    'allowedPresenters',
    'allowLiveShare',
  ],
  ...[
    'allowMeetingChat',
    'allowParticipantsToChangeName',
    'allowPowerPointSharing',
    'allowRecording',
  ],
  ...[
    'allowTeamworkReactions',
    'allowTranscription',
    'allowWhiteboard',
    'anonymizeIdentityForRoles',
  ],
  ...['attendanceReports', 'attendeeReport', 'audioConferencing', 'broadcastSettings', 'chatInfo'],
  ...[
    'chatRestrictions',
    'cloudVideoInteropInfo',
    'creationDateTime',
    'endDateTime',
    'expiryDateTime',
  ],
  ...[
    'externalId',
    'isBroadcast',
    'isEndToEndEncryptionEnabled',
    'isEntryExitAnnounced',
    'joinInformation',
  ],
  ...['joinMeetingIdSettings', 'joinWebUrl', 'lobbyBypassSettings', 'meetingOptionsWebUrl'],
  ...[
    'meetingSpokenLanguageTag',
    'meetingTemplateId',
    'meetingType',
    'participants',
    'recordAutomatically',
  ],
  ...[
    'recordings',
    'sensitivityLabelAssignment',
    'shareMeetingChatHistoryDefault',
    'startDateTime',
  ],
  ...['subject', 'transcripts', 'videoTeleconferenceId', 'watermarkProtection'],
];

test('every property that Graph has is either writable or refused with a reason', () => {
  const writable = new Set<string>(writableProperties);
  const isKnown = (name: string) => writable.has(name) !== refusedProperties.has(name);
  expect(graphProperties.filter((name) => !isKnown(name))).toEqual([]);
  expect(writableProperties.filter((name) => !graphProperties.includes(name))).toEqual([]);
});

test('every writable property is described in words', () => {
  const undescribed = Object.entries(onlineMeetingInputSchema.shape)
    .filter(([, schema]) => schema.unwrap().description === undefined)
    .map(([name]) => name);
  expect(undescribed).toEqual([]);
});

test('a returned meeting keeps unknown properties', () => {
  const returned = {
    id: null,
    joinUrl: 'https://teams.microsoft.com/l/abc',
    participants: { producers: [] },
  };
  expect(onlineMeetingSchema.parse(returned)).toEqual(returned);
});
