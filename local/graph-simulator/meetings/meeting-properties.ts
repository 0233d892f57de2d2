import { z } from 'zod';
import { parseTime } from './times';

const time = z.string().refine((text) => parseTime(text) !== undefined);
const flag = z.boolean().nullish();
const role = z.enum(['attendee', 'presenter', 'producer', 'coorganizer']);

const user = z.looseObject({ id: z.string().nullish() });
const participant = z.looseObject({
  upn: z.string().nullish(),
  role: role.nullish(),
  identity: z.looseObject({ user: user.nullish() }).nullish(),
});

/** A given participant. The organizer comes from the address; a given one is ignored. */
export type GivenParticipant = z.output<typeof participant>;

const flags = {
  allowAttendeeToEnableCamera: flag,
  allowAttendeeToEnableMic: flag,
  allowBreakoutRooms: flag,
  allowCopyingAndSharingMeetingContent: flag,
  allowPowerPointSharing: flag,
  allowRecording: flag,
  allowTeamworkReactions: flag,
  allowTranscription: flag,
  allowWhiteboard: flag,
  isEndToEndEncryptionEnabled: flag,
  isEntryExitAnnounced: flag,
  recordAutomatically: flag,
};

/** Options of both create and update. */
const settings = {
  ...flags,
  allowedLobbyAdmitters: z
    .enum(['organizerAndCoOrganizersAndPresenters', 'organizerAndCoOrganizers'])
    .nullish(),
  allowedPresenters: z.enum(['everyone', 'organization', 'roleIsPresenter', 'organizer']).nullish(),
  allowLiveShare: z.enum(['enabled', 'disabled']).nullish(),
  allowMeetingChat: z.enum(['enabled', 'disabled', 'limited']).nullish(),
  anonymizeIdentityForRoles: z.array(role).nullish(),
  lobbyBypassSettings: z
    .looseObject({
      scope: z
        .enum([
          'organizer',
          'organization',
          'organizationAndFederated',
          'everyone',
          'invited',
          'organizationExcludingGuests',
        ])
        .nullish(),
      isDialInBypassEnabled: flag,
    })
    .nullish(),
  meetingSpokenLanguageTag: z.string().nullish(),
  sensitivityLabelAssignment: z.looseObject({ sensitivityLabelId: z.string().nullish() }).nullish(),
  watermarkProtection: z
    .looseObject({ isEnabledForContentSharing: flag, isEnabledForVideo: flag })
    .nullish(),
};

/** Options that exist only at creation. */
const creationSettings = {
  allowParticipantsToChangeName: flag,
  meetingTemplateId: z.string().nullish(),
  shareMeetingChatHistoryDefault: z.enum(['none', 'all']).nullish(),
};

const basics = {
  subject: z.string().nullish(),
  startDateTime: time.nullish(),
  endDateTime: time.nullish(),
  participants: z.looseObject({ attendees: z.array(participant).nullish() }).nullish(),
};

/** Body of a plain create. The type is open: unknown names have no effect. */
export const createBody = z.looseObject({
  ...basics,
  ...settings,
  ...creationSettings,
  externalId: z.string().nullish(),
  isBroadcast: flag,
  chatInfo: z.looseObject({ threadId: z.string().nullish() }).nullish(),
  joinMeetingIdSettings: z.looseObject({ isPasscodeRequired: flag }).nullish(),
});

/** Body of createOrGet; everything else is ignored. */
export const createOrGetBody = z.object({ ...basics, externalId: z.string().min(1) });

/** Body of an update: only the properties that are documented as updatable. */
export const updateBody = z.object({ ...basics, ...settings });

/** A change made in Teams: may have only one time, and can make a meeting expire. */
export const teamsChange = z.strictObject({
  ...updateBody.shape,
  expiryDateTime: time.optional(),
});

const updatable = new Set([...Object.keys(updateBody.shape), 'broadcastSettings']);

/** Whether Graph's update takes the property: https://learn.microsoft.com/graph/api/onlinemeeting-update */
export function isUpdatable(property: string): boolean {
  return updatable.has(property);
}

/** The options of a meeting that a body may contain. */
export type Settings = z.output<z.ZodObject<typeof settings & typeof creationSettings>>;
/** A checked body of a create. */
export type CreateBody = z.output<typeof createBody>;
/** A checked body of an update. */
export type UpdateBody = z.output<typeof updateBody>;
/** A change through Graph or in Teams. */
export type MeetingChange = UpdateBody & Pick<z.output<typeof teamsChange>, 'expiryDateTime'>;

const settingNames = Object.keys({ ...settings, ...creationSettings }) as (keyof Settings)[];

/** The options in a body; null counts as absent. */
export function pickSettings(body: Settings): Settings {
  return Object.fromEntries(
    settingNames
      .filter((name) => body[name] !== undefined && body[name] !== null)
      .map((name) => [name, body[name]]),
  );
}
