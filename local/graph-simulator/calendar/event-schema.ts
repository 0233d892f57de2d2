import { z } from 'zod';
import { parseTime } from '../meetings/times';

/** Exchange accepts a local time with a zone name; Convoke sends only UTC. */
const time = z.looseObject({
  dateTime: z.string().refine((text) => parseTime(text) !== undefined),
  timeZone: z.enum(['UTC', 'Etc/UTC']),
});

const attendee = z.looseObject({
  type: z.enum(['required', 'optional', 'resource']).default('required'),
  emailAddress: z.looseObject({ address: z.string().includes('@'), name: z.string().nullish() }),
});

const properties = {
  subject: z.string().nullish(),
  start: time,
  end: time,
  attendees: z.array(attendee).max(500),
  body: z.looseObject({ contentType: z.enum(['text', 'html']), content: z.string() }),
  location: z.looseObject({ displayName: z.string() }),
  reminderMinutesBeforeStart: z.int().min(0),
  isReminderOn: z.boolean(),
  showAs: z.enum(['free', 'tentative', 'busy', 'oof', 'workingElsewhere', 'unknown']),
  categories: z.array(z.string()),
  hideAttendees: z.boolean(),
  responseRequested: z.boolean(),
  allowNewTimeProposals: z.boolean(),
  isOnlineMeeting: z.boolean(),
  onlineMeetingProvider: z.enum(['unknown', 'teamsForBusiness']),
};

/** https://learn.microsoft.com/graph/api/user-post-events */
export const newEventBody = z.looseObject({
  ...z.object(properties).partial().shape,
  start: properties.start,
  end: properties.end,
  transactionId: z.string().nullish(),
  singleValueExtendedProperties: z
    .array(z.looseObject({ id: z.string(), value: z.string() }))
    .optional(),
});

/** https://learn.microsoft.com/graph/api/event-update */
export const eventChangeBody = z.looseObject(properties).partial();

/** https://learn.microsoft.com/graph/api/event-cancel */
export const cancelBody = z.looseObject({ comment: z.string().optional() });

/** A checked body of a create. */
export type NewEventBody = z.output<typeof newEventBody>;
/** The properties to change. */
export type EventChange = z.output<typeof eventChangeBody>;
/** An invited person or room. */
export type Attendee = z.output<typeof attendee>;
