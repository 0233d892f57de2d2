import type { ProblemCode } from './problems';

/** Why a property that Graph has cannot be asked for. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly message: string;
  /** Graph takes the property and does nothing with it, so a body that is meant for Graph may have it. */
  readonly ignoredByGraph?: true;
}

const setByTeams = {
  code: 'readOnlyProperty',
  message: 'It is set by Microsoft Teams and can only be read.',
} as const;

const unsupported = (message: string) => ({ code: 'unsupportedProperty', message }) as const;

const liveEvents = unsupported(
  'Live events are not made with this request, and are deprecated in Graph.',
);

const onlyUsers = {
  code: 'invalidIdentity',
  message: 'Only users can be invited by identity: write identity.user.id, or the address in upn.',
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

const useScope = unsupported('Write lobbyBypassSettings.scope instead.');

/** Known properties that no request may have, by their path inside the meeting. */
export const refusedProperties: ReadonlyMap<string, Refusal> = new Map<string, Refusal>([
  ...readOnlyProperties.map((path) => [path, setByTeams] as const),
  ...otherIdentities.map((kind) => [`participants.attendees.identity.${kind}`, onlyUsers] as const),
  [
    'participants.organizer',
    {
      code: 'readOnlyProperty',
      message: 'The organizer of the request organizes the meeting.',
      ignoredByGraph: true,
    },
  ],
  ['isBroadcast', liveEvents],
  ['broadcastSettings', liveEvents],
  ['autoAdmittedUsers', useScope],
  ['outerMeetingAutoAdmittedUsers', useScope],
  [
    'chatInfo',
    unsupported('Graph makes the chat of a meeting itself and fails when it is given one.'),
  ],
  [
    'externalId',
    unsupported(
      'Graph takes it in createOrGet only; write requestId to make a request repeatable.',
    ),
  ],
  [
    'joinMeetingIdSettings.joinMeetingId',
    unsupported('Teams chooses the meeting id; no other can be asked for.'),
  ],
  [
    'joinMeetingIdSettings.passcode',
    unsupported('Teams chooses the passcode; ask for one with isPasscodeRequired.'),
  ],
]);
