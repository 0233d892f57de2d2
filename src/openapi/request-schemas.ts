import * as z from 'zod';
import { maxExternalIdLength } from '../requests/limits';
import { meetingRequestSchema } from '../requests/meeting-request-schema';
import { createOnlyProperties, onlineMeetingInputSchema } from '../requests/online-meeting';

const { meeting, ...envelope } = meetingRequestSchema.shape;

const graphTime = (description: string) => z.string().describe(description).optional();

/** The body of Graph's own create: the same properties, with times as Graph takes them. */
export const graphMeetingSchema = onlineMeetingInputSchema
  .extend({
    startDateTime: graphTime('When the meeting starts, ISO 8601; without an offset it is UTC.'),
    endDateTime: graphTime('When the meeting ends, ISO 8601; without an offset it is UTC.'),
  })
  .describe("A meeting to be made, as Graph's own call takes it.");

const fixed = Object.fromEntries(createOnlyProperties.map((name) => [name, true] as const)) as {
  [Name in (typeof createOnlyProperties)[number]]: true;
};

export const meetingChangeSchema = graphMeetingSchema
  .omit(fixed)
  .describe("What to change of a meeting, as Graph's own update takes it.");

/** The body of an update of one request: what changes, with its times as people write them. */
export const requestChangeSchema = z
  .strictObject({
    revision: envelope.revision,
    timeZone: envelope.timeZone,
    dateOrder: envelope.dateOrder,
    durationMinutes: envelope.durationMinutes,
    meeting: meeting.omit(fixed).partial().optional(),
    calendar: envelope.calendar,
  })
  .describe('What to change of the meeting of a request.');

export const createOrGetSchema = graphMeetingSchema
  .extend({
    externalId: z
      .string()
      .min(1)
      .max(maxExternalIdLength)
      .describe('The key by which the meeting is found again.'),
  })
  .describe("A meeting to be made or found, as Graph's own createOrGet takes it.");

/** A row of a batch may omit what the defaults contain. */
export const batchItemSchema = z
  .strictObject({ ...envelope, meeting: meeting.partial() })
  .partial()
  .describe('One meeting to create; the defaults fill in what it leaves out.');

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
  .describe('A batch of requests. The list alone, without anything around it, is taken too.');
