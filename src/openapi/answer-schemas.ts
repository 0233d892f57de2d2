import * as z from 'zod';
import { meetingErrorCodes, type MeetingErrorBody, type Problem } from '../errors/meeting-error';
import { onlineMeetingSchema } from '../requests/online-meeting';
import {
  meetingStatuses,
  previewOutcomes,
  type MeetingResult,
  type Preview,
} from '../results/meeting-result';

/** Ties a schema to the type of the app's answer, so that neither can change without the other. */
export const describing = <T>(schema: z.ZodType<T>): z.ZodType<T> => schema;

/** Returns the schema of a time in UTC, such as `2026-12-01T14:30:00Z`. */
export const time = (description: string) => z.iso.datetime().describe(description);
/** Returns the schema of a whole number from 0. */
export const count = (description: string) => z.int().min(0).describe(description);

const problem = z
  .strictObject({
    code: z.string().describe('Kind of problem.'),
    target: z.string().describe('JSON path of the property, or name of the column.'),
    message: z.string().describe('Description of the problem.'),
  })
  .describe('One thing that is wrong with a request.') satisfies z.ZodType<Problem>;

const errorCode = z
  .enum(meetingErrorCodes)
  .describe('Stable code of the error, for use in conditions.');

const resultError = z
  .strictObject({
    code: errorCode,
    message: z.string().describe('What happened, in words.'),
    remedy: z.string().describe('What to do next.'),
    retryable: z.boolean().describe('Whether sending the same request again can help.'),
    target: z.string().describe('What the error is about.').exactOptional(),
    details: z.array(problem).describe('All problems that were found.').exactOptional(),
    graphRequestId: z.string().describe('Id of the call in the logs of Graph.').exactOptional(),
  })
  .describe('Why there is no meeting.') satisfies z.ZodType<MeetingErrorBody>;

const preview = z
  .strictObject({
    outcome: z.enum(previewOutcomes).describe('What would happen.'),
    changes: z
      .array(
        z.strictObject({
          path: z.string().describe('JSON path inside the meeting.'),
          from: z.string().nullable().describe('The current value, as text or JSON.'),
          to: z.string().nullable().describe('The new value, as text or JSON.'),
        }),
      )
      .describe('What would change.'),
    warnings: z.array(problem).describe('Possible mistakes.'),
  })
  .describe('What the request would do. Nothing was done.') satisfies z.ZodType<Preview>;

/** The properties of a result, which rows of a batch extend. */
export const meetingResultShape = {
  requestId: z.string().describe('As sent, so that you can match the result with its row.'),
  batchId: z.string().describe('The batch of the request.').exactOptional(),
  index: count('Position in the batch, from 0.').exactOptional(),
  pass: count(
    'Number of the batch retry, or of the cancellation of its meetings, that produced this result.',
  ).exactOptional(),
  status: z
    .enum(meetingStatuses)
    .describe(
      'Result of the request. The value unknown means that its meeting may or may not exist.',
    ),
  revision: count('Order of the changes of one request.').exactOptional(),
  organizer: z
    .strictObject({
      given: z.string().nullable().describe('As sent. Null if a pool was specified.'),
      pool: z.string().describe('The pool that the organizer was chosen from.').exactOptional(),
      id: z.string().nullable().describe('Object id in Microsoft Entra, once known.'),
    })
    .describe('Who organizes the meeting.'),
  meeting: onlineMeetingSchema.nullable(),
  event: z
    .strictObject({
      id: z.string().describe('Id of the event in Microsoft Graph.'),
      webLink: z.string().nullable().describe('Opens the event in Outlook on the web.'),
    })
    .describe('The event in the calendar of the organizer.')
    .exactOptional(),
  notApplied: z
    .array(z.string())
    .describe('Options that were requested but differ in Graph’s response.'),
  error: resultError.nullable(),
  mayHaveUnusedMeeting: z
    .literal(true)
    .describe('An earlier attempt may also have created a meeting, whose link is lost.')
    .exactOptional(),
  preview: preview.exactOptional(),
  attempts: count('Number of attempts at the request.'),
  acceptedDateTime: time('When the request was first seen.'),
  completedDateTime: time('When it ended.'),
  traceparent: z.string().describe('W3C trace context.').exactOptional(),
  truncated: z
    .array(z.string())
    .describe('Properties that were left out so that the result fits into a queue message.')
    .exactOptional(),
  original: z
    .union([z.strictObject({ text: z.string() }), z.strictObject({ blob: z.string() })])
    .describe('Text of a message that could not be processed.')
    .exactOptional(),
};

export const meetingResultSchema = describing<MeetingResult>(
  z.strictObject(meetingResultShape).describe('How one request ended.'),
);

/** The body of every error that the app itself answers; the platform has others. */
export const errorAnswerSchema = z
  .strictObject({
    error: z
      .strictObject({
        code: errorCode,
        message: z.string().describe('What happened, in words.'),
        target: z.string().describe('What the error is about.').exactOptional(),
        details: z.array(problem).describe('All problems that were found.').exactOptional(),
        innerError: z
          .strictObject({
            'request-id': z.string().describe('Id of this call in the logs of the app.'),
            'client-request-id': z.string().describe('The id that the caller sent, if any.'),
            date: z.string().describe('When it happened, UTC.'),
            remedy: z.string().describe('What to do next.'),
            'graph-request-id': z
              .string()
              .describe('Id of the call in the logs of Graph.')
              .exactOptional(),
          })
          .describe('For troubleshooting.'),
      })
      .describe('What went wrong.'),
  })
  .describe("An error in the format of Microsoft's REST guidelines, like Graph's.");

const endedChange = z
  .strictObject({
    action: z.enum(['update', 'cancel']).describe('Action of the change.'),
    revision: count('Order of the changes of one request.'),
    status: z.enum(meetingStatuses).describe('How it ended.'),
    error: resultError.nullable(),
    acceptedDateTime: time('When it was first seen.'),
    completedDateTime: time('When it ended.'),
  })
  .describe('One change of the meeting.');

/** The answer of `GET /requests/{requestId}`. */
export const requestStateSchema = z
  .strictObject({
    requestId: z.string().describe('As sent.'),
    state: z
      .enum(['inProgress', 'waiting', 'finished', 'cancelled'])
      .describe('Progress of the request.'),
    plan: z
      .enum(['ensure', 'createOnce', 'ensureEvent'])
      .describe('Whether the calls to Graph can be repeated safely, or only claimed once.'),
    attempts: count('Number of attempts.'),
    acceptedDateTime: time('When it was first seen.'),
    revision: count('Revision of the newest change that took effect.').exactOptional(),
    result: meetingResultSchema.nullable(),
    meeting: onlineMeetingSchema.nullable(),
    changes: z.array(endedChange).describe('Its changes, by revision.'),
  })
  .describe('Progress of one request.');

export const healthSchema = z
  .strictObject({ status: z.literal('ok') })
  .describe('The app is running.');

export const redrivenSchema = z
  .strictObject({
    queues: z.array(
      z.strictObject({
        queue: z.string().describe('The poison queue.'),
        redriven: count('Number of messages that were put back.'),
        remaining: count('Approximate number of messages that were left.'),
        remedy: z
          .string()
          .nullable()
          .describe('What to do about the messages that were left. Null if there are none.'),
      }),
    ),
  })
  .describe('Messages that were put back, by queue.');

/** Graph's own form of a list. */
export const onlineMeetingsSchema = z
  .looseObject({ value: z.array(onlineMeetingSchema) })
  .describe('A list of meetings, as Microsoft Graph returns it.');
