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
    upn: z.string().describe('User principal name or e-mail address.').optional(),
    identity: z
      .strictObject({
        user: z.strictObject({ id: z.guid().describe('Object id in Microsoft Entra.') }),
      })
      .describe('The person by object id.')
      .optional(),
    role: choice(
      ['attendee', 'presenter', 'coorganizer'],
      'What the person may do. Presenters and co-organizers must be users in Microsoft Entra.',
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

/** What create, createOrGet and update all take. An update takes both times or none, and the full list of attendees. */
const coreProperties = {
  subject: text('What the meeting is called.'),
  startDateTime: time('When the meeting starts.'),
  endDateTime: time('When the meeting ends.'),
  participants,
};

/** What create and update take, and createOrGet ignores: https://learn.microsoft.com/graph/api/onlinemeeting-update */
const options = {
  allowAttendeeToEnableCamera: flag('Attendees may turn on their camera.'),
  allowAttendeeToEnableMic: flag('Attendees may turn on their microphone.'),
  allowBreakoutRooms: flag('Breakout rooms may be used.'),
  allowCopyingAndSharingMeetingContent: flag(
    'Chat, captions and transcript may be copied and shared.',
  ),
  allowLiveShare: choice(['enabled', 'disabled'], 'Whether Live Share may be used.'),
  allowMeetingChat: choice(
    ['enabled', 'disabled', 'limited'],
    'Who may write in the chat; limited means only during the meeting.',
  ),
  allowPowerPointSharing: flag('PowerPoint Live may be used.'),
  allowRecording: flag('The meeting may be recorded.'),
  allowTeamworkReactions: flag('Reactions may be sent.'),
  allowTranscription: flag('The meeting may be transcribed.'),
  allowWhiteboard: flag('The whiteboard may be used.'),
  allowedLobbyAdmitters: choice(
    ['organizerAndCoOrganizersAndPresenters', 'organizerAndCoOrganizers'],
    'Who may let people in from the lobby.',
  ),
  allowedPresenters: choice(
    ['everyone', 'organization', 'roleIsPresenter', 'organizer'],
    'Who may present; roleIsPresenter means the attendees with that role.',
  ),
  // Documented for update and missing from the v1.0 schema; whether create takes it is not established.
  anonymizeIdentityForRoles: z
    .array(z.enum(['attendee', 'presenter', 'producer', 'coorganizer']))
    .describe('Roles whose names are hidden in the meeting.')
    .optional(),
  isEndToEndEncryptionEnabled: flag('The meeting is encrypted end to end.'),
  isEntryExitAnnounced: flag('It is announced when people call in or hang up.'),
  lobbyBypassSettings: z
    .strictObject({
      isDialInBypassEnabled: flag('People who call in need not wait in the lobby.'),
      scope: choice(
        [
          'organizer',
          'organization',
          'organizationAndFederated',
          'everyone',
          'invited',
          'organizationExcludingGuests',
        ],
        'Who need not wait in the lobby.',
      ),
    })
    .describe('Who comes in without waiting in the lobby.')
    .optional(),
  meetingSpokenLanguageTag: text(
    'Language spoken in the meeting, for captions and transcript, such as pt-BR.',
  ),
  recordAutomatically: flag('Recording starts with the meeting.'),
  sensitivityLabelAssignment: z
    .strictObject({ sensitivityLabelId: text('Id of the sensitivity label.') })
    .describe('Sensitivity label of the meeting.')
    .optional(),
  watermarkProtection: z
    .strictObject({
      isEnabledForContentSharing: flag('Shared content has a watermark.'),
      isEnabledForVideo: flag('Video has a watermark.'),
    })
    .describe('Where watermarks are shown.')
    .optional(),
};

/** What only create takes; Graph cannot change it later. */
const creationOptions = {
  allowParticipantsToChangeName: flag('Participants may change the name they are shown with.'),
  chatRestrictions: z
    .strictObject({ allowTextOnly: flag('Only text may be written in the chat.') })
    .describe('What may be written in the chat.')
    .optional(),
  joinMeetingIdSettings: z
    .strictObject({
      isPasscodeRequired: flag('Joining by meeting id needs a passcode, which Teams chooses.'),
    })
    .describe('Joining by meeting id and passcode.')
    .optional(),
  meetingTemplateId: text('Id of a meeting template (Teams Premium).'),
  shareMeetingChatHistoryDefault: choice(
    ['none', 'all'],
    'How much of the chat people see if they are added later.',
  ),
};

/**
 * A meeting to be made, in its strict form: Graph's `onlineMeeting` with its writable properties, times in UTC.
 * https://learn.microsoft.com/graph/api/resources/onlinemeeting
 */
export const onlineMeetingInputSchema = z
  .strictObject({ ...coreProperties, ...options, ...creationOptions })
  .describe("The meeting, as Microsoft Graph's onlineMeeting.");

export type OnlineMeetingInput = z.infer<typeof onlineMeetingInputSchema>;
export type Attendee = z.infer<typeof attendee>;

const keysOf = <T extends object>(record: T) => Object.keys(record) as (keyof T & string)[];

export const writableProperties = keysOf(onlineMeetingInputSchema.shape);
export const createOrGetProperties = keysOf(coreProperties);
export const patchableProperties = keysOf({ ...coreProperties, ...options });
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
 * A meeting as Graph returns it. The type is open: answers have undeclared properties, nulls, and values that are not
 * in the documentation, and all of that is passed on. Only what Convoke itself reads is described here.
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

export type OnlineMeeting = z.infer<typeof onlineMeetingSchema>;
