import * as z from 'zod';
import { maxTextLength, maxAttendees } from './limits';

const text = (description: string) =>
  z.string().min(1).max(maxTextLength).describe(description).optional();
const flag = (description: string) => z.boolean().describe(description).optional();
const time = (description: string) => z.iso.datetime().describe(description).optional();
const choice = <const T extends readonly [string, ...string[]]>(values: T, description: string) =>
  z.enum(values).describe(description).optional();

const attendee = z
  .strictObject({
    upn: z.string().describe('User principal name or email address.').optional(),
    identity: z
      .strictObject({
        user: z.strictObject({ id: z.guid().describe('Object id in Microsoft Entra.') }),
      })
      .describe('The person by object id.')
      .optional(),
    role: choice(
      ['attendee', 'presenter', 'coorganizer'],
      'What the person can do. Presenters and co-organizers must be users in Microsoft Entra.',
    ),
  })
  .describe('One person who is invited: upn, identity, or both.');

const participants = z
  .strictObject({
    attendees: z
      .array(attendee)
      .max(maxAttendees)
      .describe('The people who are invited.')
      .optional(),
  })
  .describe('Who takes part, besides the organizer.')
  .optional();

/** Properties of create, createOrGet and update. An update needs both times or none, and the full list of attendees. */
const coreProperties = {
  subject: text('Subject of the meeting.'),
  startDateTime: time('When the meeting starts.'),
  endDateTime: time('When the meeting ends.'),
  participants,
};

/** Properties of create and update that createOrGet ignores: https://learn.microsoft.com/graph/api/onlinemeeting-update */
const options = {
  allowAttendeeToEnableCamera: flag('Whether attendees can turn on their camera.'),
  allowAttendeeToEnableMic: flag('Whether attendees can turn on their microphone.'),
  allowBreakoutRooms: flag('Whether breakout rooms can be used.'),
  allowCopyingAndSharingMeetingContent: flag(
    'Whether the chat, captions and transcript can be copied and shared.',
  ),
  allowLiveShare: choice(['enabled', 'disabled'], 'Whether Live Share can be used.'),
  allowMeetingChat: choice(
    ['enabled', 'disabled', 'limited'],
    'Who can write in the chat. The value limited means only during the meeting.',
  ),
  allowPowerPointSharing: flag('Whether PowerPoint Live can be used.'),
  allowRecording: flag('Whether the meeting can be recorded.'),
  allowTeamworkReactions: flag('Whether reactions can be sent.'),
  allowTranscription: flag('Whether the meeting can be transcribed.'),
  allowWhiteboard: flag('Whether the whiteboard can be used.'),
  allowedLobbyAdmitters: choice(
    ['organizerAndCoOrganizersAndPresenters', 'organizerAndCoOrganizers'],
    'Who can let people in from the lobby.',
  ),
  allowedPresenters: choice(
    ['everyone', 'organization', 'roleIsPresenter', 'organizer'],
    'Who can present. The value roleIsPresenter means the attendees with that role.',
  ),
  // Documented for update and missing from the v1.0 schema; whether create takes it is not established.
  anonymizeIdentityForRoles: z
    .array(z.enum(['attendee', 'presenter', 'producer', 'coorganizer']))
    .describe('Roles whose names are hidden in the meeting.')
    .optional(),
  isEndToEndEncryptionEnabled: flag('Whether the meeting is encrypted end to end.'),
  isEntryExitAnnounced: flag('Whether people who join or leave by phone are announced.'),
  lobbyBypassSettings: z
    .strictObject({
      isDialInBypassEnabled: flag('Whether people who call in bypass the lobby.'),
      scope: choice(
        [
          'organizer',
          'organization',
          'organizationAndFederated',
          'everyone',
          'invited',
          'organizationExcludingGuests',
        ],
        'Who bypasses the lobby.',
      ),
    })
    .describe('Settings for people who bypass the lobby.')
    .optional(),
  meetingSpokenLanguageTag: text(
    'Language spoken in the meeting, for captions and transcript, such as pt-BR.',
  ),
  recordAutomatically: flag('Whether recording starts with the meeting.'),
  sensitivityLabelAssignment: z
    .strictObject({ sensitivityLabelId: text('Id of the sensitivity label.') })
    .describe('Sensitivity label of the meeting.')
    .optional(),
  watermarkProtection: z
    .strictObject({
      isEnabledForContentSharing: flag('Whether shared content has a watermark.'),
      isEnabledForVideo: flag('Whether video has a watermark.'),
    })
    .describe('Where watermarks are shown.')
    .optional(),
};

/** Properties of create only; Graph cannot change them later. */
const creationOptions = {
  allowParticipantsToChangeName: flag('Whether participants can change their display name.'),
  chatRestrictions: z
    .strictObject({ allowTextOnly: flag('Whether only text can be written in the chat.') })
    .describe('What can be written in the chat.')
    .optional(),
  joinMeetingIdSettings: z
    .strictObject({
      isPasscodeRequired: flag(
        'Whether joining by meeting id requires a passcode, which Teams chooses.',
      ),
    })
    .describe('Joining by meeting id and passcode.')
    .optional(),
  meetingTemplateId: text('Id of a meeting template (Teams Premium).'),
  shareMeetingChatHistoryDefault: choice(
    ['none', 'all'],
    'How much of the chat history people see if they are added later.',
  ),
};

/**
 * The strict form of a meeting to make: Graph's `onlineMeeting` with its writable properties and times in UTC.
 * https://learn.microsoft.com/graph/api/resources/onlinemeeting
 */
export const onlineMeetingInputSchema = z
  .strictObject({ ...coreProperties, ...options, ...creationOptions })
  .describe("The meeting, as Microsoft Graph's onlineMeeting.");

/** The meeting of a parsed request: only properties that Graph accepts, in their strict form. */
export type OnlineMeetingInput = z.infer<typeof onlineMeetingInputSchema>;
/** An invited person of a parsed request. */
export type Attendee = z.infer<typeof attendee>;

const keysOf = <T extends object>(record: T) => Object.keys(record) as (keyof T & string)[];

/** All properties that a request may set. */
export const writableProperties = keysOf(onlineMeetingInputSchema.shape);
/** Properties that Graph's createOrGet applies; it ignores the others. */
export const createOrGetProperties = keysOf(coreProperties);
/** Properties that Graph's update can change. */
export const patchableProperties = keysOf({ ...coreProperties, ...options });
/** Properties that Graph takes only when it makes a meeting. */
export const createOnlyProperties = keysOf(creationOptions);

const returnedText = z.string().nullish();
const returnedPerson = z
  .looseObject({
    upn: returnedText,
    role: returnedText,
    identity: z.looseObject({ user: z.looseObject({ id: returnedText }).nullish() }).nullish(),
  })
  .nullish();

/**
 * A meeting as Graph returns it. The type is open: answers have undeclared properties, nulls and undocumented values,
 * and Convoke passes all of them on. Describes only the properties that Convoke reads.
 */
export const onlineMeetingSchema = z
  .looseObject({
    id: returnedText,
    subject: returnedText,
    startDateTime: returnedText,
    endDateTime: returnedText,
    creationDateTime: returnedText,
    joinWebUrl: returnedText,
    joinInformation: z.looseObject({ content: returnedText, contentType: returnedText }).nullish(),
    joinMeetingIdSettings: z
      .looseObject({
        isPasscodeRequired: z.boolean().nullish(),
        joinMeetingId: returnedText,
        passcode: returnedText,
      })
      .nullish(),
    participants: z
      .looseObject({ organizer: returnedPerson, attendees: z.array(returnedPerson).nullish() })
      .nullish(),
  })
  .describe('The meeting, as Microsoft Graph returned it.');

/** A meeting as Graph returned it, including properties that this app does not know. */
export type OnlineMeeting = z.infer<typeof onlineMeetingSchema>;
