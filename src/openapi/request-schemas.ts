import * as z from 'zod';
import { maxExternalIdLength } from '../requests/limits';
import { meetingRequestSchema } from '../requests/meeting-request-schema';
import { createOnlyProperties, onlineMeetingInputSchema } from '../requests/online-meeting';

const { meeting, ...besideMeeting } = meetingRequestSchema.shape;

const graphTime = (description: string) => z.string().describe(description).optional();

/** The body of Graph's own create: the same properties, and times in Graph's format. */
export const graphMeetingSchema = onlineMeetingInputSchema
  .extend({
    startDateTime: graphTime(
      'When the meeting starts, in ISO 8601 format. Times without an offset are in UTC.',
    ),
    endDateTime: graphTime(
      'When the meeting ends, in ISO 8601 format. Times without an offset are in UTC.',
    ),
  })
  .describe("A meeting to create, as for Graph's own call.");

const fixed = Object.fromEntries(createOnlyProperties.map((name) => [name, true] as const)) as {
  [Name in (typeof createOnlyProperties)[number]]: true;
};

export const meetingChangeSchema = graphMeetingSchema
  .omit(fixed)
  .describe("The properties to change, as for Graph's own update.");

/** The body of an update of one request: the properties to change, with times as people write them. */
export const requestChangeSchema = z
  .strictObject({
    revision: besideMeeting.revision,
    timeZone: besideMeeting.timeZone,
    dateOrder: besideMeeting.dateOrder,
    durationMinutes: besideMeeting.durationMinutes,
    meeting: meeting.omit(fixed).partial().optional(),
    calendar: besideMeeting.calendar,
  })
  .describe('The properties to change in a request’s meeting.');

export const createOrGetSchema = graphMeetingSchema
  .extend({
    externalId: z
      .string()
      .min(1)
      .max(maxExternalIdLength)
      .describe('The key that is used to find the meeting again.'),
  })
  .describe("A meeting to create or find, as for Graph's own createOrGet.");

/** A row of a batch may omit what the defaults contain. */
export const batchItemSchema = z
  .strictObject({ ...besideMeeting, meeting: meeting.partial() })
  .partial()
  .describe('One meeting to create. The defaults fill in missing properties.');

const { requestId: _, ...defaults } = batchItemSchema.shape;

const requests = z.array(batchItemSchema).min(1).describe('The meetings to create.');

export const batchSchema = z
  .strictObject({
    requests,
    defaults: z
      .strictObject(defaults)
      .describe('Defaults for every request of the batch.')
      .optional(),
  })
  .describe('A batch of requests. You can also send the list alone.');
