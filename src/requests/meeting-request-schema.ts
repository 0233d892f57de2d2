import * as z from 'zod';
import { maxReminderMinutes, showAs } from './calendar';
import {
  maxAddressLength,
  maxDurationMinutes,
  maxLanguageLength,
  maxPoolNameLength,
  maxRequestIdLength,
  maxTextLength,
} from './limits';
import { actions, ifUnknowns } from './meeting-request';
import { onlineMeetingInputSchema } from './online-meeting';
import { dateOrders } from './time/written-date';

const time = (description: string) => z.string().describe(description);

const { participants } = onlineMeetingInputSchema.shape;
const attendees = participants.unwrap().shape.attendees.unwrap();

const meeting = onlineMeetingInputSchema
  .extend({
    subject: onlineMeetingInputSchema.shape.subject.unwrap(),
    startDateTime: time('When the meeting starts, in ISO 8601 format.'),
    endDateTime: time(
      'When the meeting ends, in ISO 8601 format. You can use durationMinutes instead.',
    ).optional(),
    participants: z
      .strictObject({
        attendees: z
          .union([z.string(), attendees])
          .describe('The people who are invited: a list, or addresses separated by semicolons.')
          .optional(),
      })
      .describe('Who takes part, besides the organizer.')
      .optional(),
  })
  .describe("The meeting, as Microsoft Graph's onlineMeeting.");

const revision = z
  .int()
  .min(0)
  .describe('Order of the changes of one requestId. If absent, the time of acceptance is used.')
  .optional();

const people = (description: string) =>
  z
    .union([z.string(), z.array(z.string())])
    .describe(description)
    .optional();

const calendar = z
  .strictObject({
    enabled: z
      .boolean()
      .describe('If false, the meeting is not in a calendar, even if other properties are set.')
      .optional(),
    invite: people('Addresses of people who are invited by email, besides the attendees.'),
    inviteOptional: people('Addresses of people whose attendance is optional.'),
    body: z.string().describe('Text of the invitation above the join link.').optional(),
    location: z.string().max(maxTextLength).describe('Where the meeting takes place.').optional(),
    reminderMinutesBeforeStart: z
      .int()
      .min(0)
      .max(maxReminderMinutes)
      .describe('Time of the reminder, in minutes before the start.')
      .optional(),
    showAs: z.enum(showAs).describe('How the time is shown in the calendar.').optional(),
    categories: z.array(z.string()).describe("The organizer's categories.").optional(),
    hideAttendees: z.boolean().describe('Whether attendees are hidden from each other.').optional(),
    responseRequested: z.boolean().describe('Whether people are asked to respond.').optional(),
    comment: z
      .string()
      .max(maxTextLength)
      .describe('For a cancel: message to the attendees. Same as comment next to calendar.')
      .optional(),
  })
  .describe("Puts the meeting into the organizer's calendar and invites people by email.")
  .optional();

/**
 * The documented form of a MeetingRequest, for JSON Schemas. The parser accepts more, such as "yes" for true and Excel
 * serial numbers, and checks rules that no schema can express.
 */
export const meetingRequestSchema = z
  .strictObject({
    requestId: z
      .string()
      .min(1)
      .max(maxRequestIdLength)
      .describe('Identifies the request: the same id never creates a second meeting.')
      .optional(),
    action: z
      .enum(actions)
      .describe(
        'What to do: create a meeting (the default), upsert it, update the given properties, or cancel it permanently. Upsert creates the meeting, or changes it to match the request.',
      )
      .optional(),
    revision,
    refresh: z
      .boolean()
      .describe(
        'Whether to compare the meeting with Microsoft Graph, because people can also change meetings in Teams.',
      )
      .optional(),
    ifUnknown: z
      .enum(ifUnknowns)
      .describe(
        'What to do if the call that creates a meeting is interrupted, and the meeting cannot be looked up. Either report the result as unknown, or retry, at the risk of one unused meeting.',
      )
      .optional(),
    comment: z
      .string()
      .max(maxTextLength)
      .describe('For a cancel: message to the invited people.')
      .optional(),
    organizer: z
      .string()
      .min(1)
      .max(maxAddressLength)
      .describe(
        'Who organizes the meeting: object id, user principal name or email address. You can use organizerPool instead.',
      )
      .optional(),
    organizerPool: z
      .string()
      .min(1)
      .max(maxPoolNameLength)
      .describe(
        'The pool from which Convoke chooses an organizer. Use it instead of organizer. The choice is final.',
      )
      .optional(),
    language: z
      .string()
      .max(maxLanguageLength)
      .describe('Language of the join information, such as pt-BR.')
      .optional(),
    timeZone: z
      .string()
      .describe(
        'Time zone of times without an offset: an IANA or Windows name, such as Europe/Lisbon.',
      )
      .optional(),
    dateOrder: z
      .enum(dateOrders)
      .describe(
        'Order of day, month and year in dates such as 01/02/2030. If absent, such dates are refused.',
      )
      .optional(),
    durationMinutes: z
      .int()
      .min(1)
      .max(maxDurationMinutes)
      .describe('Duration of the meeting, instead of endDateTime.')
      .optional(),
    meeting,
    calendar,
  })
  .describe('One meeting to create, change or cancel.');
