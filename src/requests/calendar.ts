import * as z from 'zod';
import { maxTextLength } from './limits';

/**
 * Limit of Exchange:
 * https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits
 */
export const maxInvitees = 500;
/** Maximum in Outlook, in minutes: four weeks. */
export const maxReminderMinutes = 40_320;
const maxCategories = 25;

/** How the time of an event appears to others: https://learn.microsoft.com/graph/api/resources/event */
export const showAs = ['free', 'tentative', 'busy', 'oof', 'workingElsewhere'] as const;

/** A person who is invited by email, inside or outside the organization. */
const invitee = z.strictObject({
  address: z.string(),
  name: z.string().optional(),
  type: z.enum(['required', 'optional']),
});

/**
 * How a meeting appears in its organizer's calendar, in its strict form. Names and values are those of Graph's event:
 * https://learn.microsoft.com/graph/api/resources/event
 */
const calendarSchema = z.strictObject({
  invite: z.array(invitee).max(maxInvitees).optional(),
  body: z.strictObject({ contentType: z.enum(['text', 'html']), content: z.string() }).optional(),
  location: z.string().max(maxTextLength).optional(),
  reminderMinutesBeforeStart: z.int().min(0).max(maxReminderMinutes).optional(),
  showAs: z.enum(showAs).optional(),
  categories: z.array(z.string()).max(maxCategories).optional(),
  hideAttendees: z.boolean().optional(),
  responseRequested: z.boolean().optional(),
});

/** The properties of a request for its event in the organizer's calendar. */
export type CalendarInput = z.infer<typeof calendarSchema>;
/** A person who is invited by email besides the attendees of the meeting. */
export type Invitee = z.infer<typeof invitee>;
/** The properties of an event that can be changed later: all but its body, in which Exchange keeps the join link. */
export type CalendarChange = Omit<CalendarInput, 'body'>;

/**
 * The properties that a sender may write, each with its own column. `enabled: false` means no calendar, so that a sheet
 * can have a column for it.
 */
export const calendarProperties = [
  'enabled',
  'inviteOptional',
  'comment',
  ...Object.keys(calendarSchema.shape),
] as const;
