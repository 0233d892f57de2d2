import {
  pickSettings,
  type CreateBody,
  type GivenParticipant,
  type Settings,
} from './meeting-properties';
import { randomGuid, randomText, type Random } from '../random';
import type { Tenant } from '../tenant/tenant';
import type { TenantUser } from '../tenant/tenant-state';
import { formatTime, ticksPerDay, type Ticks } from './times';

const alphanumeric = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** Meetings expire 60 days after their end, or after they were last changed: https://learn.microsoft.com/graph/api/resources/onlinemeeting */
const keptFor = 60n * ticksPerDay;

/** Start and end of a meeting. */
export type MeetingTimes = { readonly start: Ticks; readonly end: Ticks };

/** A meeting to make. `externalId` is null for a plain create. */
type NewMeeting = {
  readonly organizer: TenantUser;
  readonly tenant: Tenant;
  readonly body: Pick<CreateBody, 'subject' | 'participants'> & Settings;
  readonly times: MeetingTimes;
  readonly externalId: string | null;
  readonly isPasscodeRequired: boolean;
  readonly created: Ticks;
  readonly random: Random;
};

/**
 * A meeting as Graph returns it, except `joinInformation`, which depends on the request. Has the format of real
 * answers, with nulls and undocumented properties.
 */
export function makeMeeting(given: NewMeeting) {
  const { organizer, tenant, body, random } = given;
  const threadId = `19:meeting_${Buffer.from(randomGuid(random)).toString('base64url')}@thread.v2`;
  const joinWebUrl = toJoinWebUrl(threadId, tenant.state.id, organizer.id);
  const joinMeetingId = randomText(random, '0123456789', 14);
  return {
    id: Buffer.from(`1*${organizer.id}*0**${threadId}`).toString('base64'),
    creationDateTime: formatTime(given.created),
    ...toTimes(given.times),
    expiryDateTime: toExpiry(given.times.end, given.created),
    joinUrl: joinWebUrl,
    joinWebUrl,
    meetingCode: joinMeetingId,
    subject: body.subject ?? null,
    isBroadcast: false,
    ...undeclared,
    ...toSettings(body),
    externalId: given.externalId,
    meetingOptionsWebUrl: `https://teams.microsoft.com/meetingOptions/?organizerId=${organizer.id}&tenantId=${tenant.state.id}&threadId=${encodeURIComponent(threadId)}&messageId=0`,
    participants: {
      organizer: toParticipant({ upn: organizer.userPrincipalName, role: 'presenter' }, tenant),
      attendees: toAttendees(body.participants?.attendees, tenant),
    },
    joinMeetingIdSettings: {
      isPasscodeRequired: given.isPasscodeRequired,
      joinMeetingId,
      passcode: given.isPasscodeRequired ? randomText(random, alphanumeric, 8) : null,
    },
    chatInfo: { threadId, messageId: '0', replyChainMessageId: null },
  };
}

/** A meeting as stored; `toMeetingBody` makes the answer. */
export type Meeting = ReturnType<typeof makeMeeting>;

const undeclared = {
  outerMeetingAutoAdmittedUsers: null,
  capabilities: [],
  videoTeleconferenceId: null,
  iCalUid: null,
  meetingType: null,
  meetingMigrationMode: null,
  broadcastSettings: null,
  audioConferencing: null,
  meetingInfo: null,
  chatRestrictions: null,
};

const defaultLobby = { scope: 'organization', isDialInBypassEnabled: false };
const defaultWatermark = { isEnabledForContentSharing: false, isEnabledForVideo: false };

const defaultSettings = {
  isEntryExitAnnounced: false,
  allowedPresenters: 'everyone',
  allowedLobbyAdmitters: 'organizerAndCoOrganizersAndPresenters',
  allowMeetingChat: 'enabled',
  allowLiveShare: 'enabled',
  shareMeetingChatHistoryDefault: 'none',
  allowTeamworkReactions: true,
  allowAttendeeToEnableMic: true,
  allowAttendeeToEnableCamera: true,
  allowBreakoutRooms: true,
  allowCopyingAndSharingMeetingContent: true,
  allowPowerPointSharing: true,
  allowWhiteboard: true,
  allowRecording: true,
  allowTranscription: true,
  allowParticipantsToChangeName: false,
  isEndToEndEncryptionEnabled: false,
  recordAutomatically: false,
  anonymizeIdentityForRoles: [] as string[],
  meetingTemplateId: null as string | null,
  meetingSpokenLanguageTag: 'en-US',
  sensitivityLabelAssignment: null as object | null,
};

function toSettings(body: Settings) {
  const { lobbyBypassSettings, watermarkProtection, ...rest } = pickSettings(body);
  return {
    ...defaultSettings,
    ...rest,
    lobbyBypassSettings: overlay(defaultLobby, lobbyBypassSettings),
    watermarkProtection: overlay(defaultWatermark, watermarkProtection),
  };
}

/** The meeting with the given options; merges nested ones. */
export function withSettings(meeting: Meeting, body: Settings): Meeting {
  const { lobbyBypassSettings, watermarkProtection, ...rest } = pickSettings(body);
  return {
    ...meeting,
    ...(rest as Partial<Meeting>),
    lobbyBypassSettings: overlay(meeting.lobbyBypassSettings, lobbyBypassSettings),
    watermarkProtection: overlay(meeting.watermarkProtection, watermarkProtection),
  };
}

/** Ignores null and unknown members. */
function overlay<Whole extends object>(whole: Whole, given: object | null | undefined): Whole {
  const changes = Object.entries(given ?? {}).filter(
    ([name, value]) => name in whole && value !== null && value !== undefined,
  );
  return { ...whole, ...Object.fromEntries(changes) };
}

/** Returns the times as properties of a meeting. */
export function toTimes({ start, end }: MeetingTimes) {
  return {
    startDateTime: formatTime(start),
    endDateTime: formatTime(end),
  };
}

/** The expiry time of a meeting that ends at `end` and is changed at `now`. */
export function toExpiry(end: Ticks, now: Ticks): string {
  return formatTime((end > now ? end : now) + keptFor);
}

/** Returns attendees as Graph stores them; none for null. */
export function toAttendees(given: readonly GivenParticipant[] | null | undefined, tenant: Tenant) {
  return (given ?? []).map((participant) => toParticipant(participant, tenant));
}

/** Graph stores given values unchecked, and looks up the id if only `upn` is given. */
function toParticipant({ upn, role, identity }: GivenParticipant, tenant: Tenant) {
  const id = identity?.user?.id ?? tenant.findUser(upn ?? '')?.id ?? null;
  const user = { id, displayName: null, tenantId: tenant.state.id, identityProvider: 'AAD' };
  return {
    upn: upn ?? null,
    role: role ?? 'attendee',
    identity: { application: null, device: null, user: id === null ? null : user },
  };
}

function toJoinWebUrl(threadId: string, tenantId: string, organizerId: string): string {
  const thread = threadId.replace(':', '%3a').replace('@', '%40');
  const context = `%7b%22Tid%22%3a%22${tenantId}%22%2c%22Oid%22%3a%22${organizerId}%22%7d`;
  return `https://teams.microsoft.com/l/meetup-join/${thread}/0?context=${context}`;
}
