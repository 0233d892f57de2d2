import type { ProblemCode } from '../../errors/problems';

/** The reason for refusing a property of Graph; `message` continues after the property's name. */
interface Refusal {
  readonly code: ProblemCode;
  readonly message: string;
  /** Graph accepts the property and ignores it, so a body meant for Graph may have it. */
  readonly ignoredByGraph?: true;
}

const setByTeams = {
  code: 'readOnlyProperty',
  message: 'is set by Microsoft Teams and can only be read.',
} as const;

const unsupported = (message: string) => ({ code: 'unsupportedProperty', message }) as const;

const liveEvents = unsupported(
  'belongs to live events, which are deprecated and cannot be created here.',
);

const recurrence = unsupported(
  'cannot be set, because each request is one meeting on one date. Send one request for each date, as a list or a sheet.',
);

const allDay = unsupported('cannot be set. Specify when the meeting starts and when it ends.');

const onlyUsers = {
  code: 'invalidIdentity',
  message: 'cannot be invited. Use identity.user.id, or an address in upn.',
} as const;

const readOnlyProperties = [
  'id',
  'attendanceReports',
  'attendeeReport',
  'audioConferencing',
  'capabilities',
  'cloudVideoInteropInfo',
  'creationDateTime',
  'expiryDateTime',
  'iCalUid',
  'joinInformation',
  'joinUrl',
  'joinWebUrl',
  'meetingCode',
  'meetingInfo',
  'meetingMigrationMode',
  'meetingOptionsWebUrl',
  'meetingType',
  'meetingsMigrationMode',
  'recordings',
  'transcripts',
  'videoTeleconferenceId',
  'participants.contributors',
  'participants.producers',
];

const otherIdentities = [
  'application',
  'applicationInstance',
  'assertedIdentity',
  'azureApplicationInstance',
  'azureCommunicationServicesUser',
  'conversation',
  'device',
  'encrypted',
  'guest',
  'onPremises',
  'phone',
];

const useScope = unsupported('cannot be set. Use lobbyBypassSettings.scope instead.');

/** Known properties that no request may have, by their path inside the meeting. */
export const refusedProperties: ReadonlyMap<string, Refusal> = new Map<string, Refusal>([
  ...readOnlyProperties.map((path) => [path, setByTeams] as const),
  ...otherIdentities.map((kind) => [`participants.attendees.identity.${kind}`, onlyUsers] as const),
  [
    'participants.organizer',
    {
      code: 'readOnlyProperty',
      message: 'is always the organizer of the request and cannot be set here.',
      ignoredByGraph: true,
    },
  ],
  ['recurrence', recurrence],
  ['request.recurrence', recurrence],
  ['isAllDay', allDay],
  ['isBroadcast', liveEvents],
  ['broadcastSettings', liveEvents],
  ['autoAdmittedUsers', useScope],
  ['outerMeetingAutoAdmittedUsers', useScope],
  [
    'chatInfo',
    unsupported(
      'cannot be set: Graph creates the chat itself and returns an error if you send one.',
    ),
  ],
  [
    'externalId',
    unsupported('is accepted only by createOrGet. A requestId makes any request repeatable.'),
  ],
  [
    'joinMeetingIdSettings.joinMeetingId',
    unsupported('cannot be set: Teams chooses the meeting id.'),
  ],
  [
    'joinMeetingIdSettings.passcode',
    unsupported(
      'cannot be set: Teams chooses the passcode. To require one, set isPasscodeRequired.',
    ),
  ],
]);
