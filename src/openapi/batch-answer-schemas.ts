import * as z from 'zod';
import type { RowError } from '../batches/batch';
import type { BatchStatus } from '../batches/results/batch-status';
import { count, describing, meetingResultShape, time } from './answer-schemas';

const rowError = z
  .strictObject({
    index: count('Position in the batch, from 0.'),
    row: count('The row of the sheet, or the position in the list, from 1.').exactOptional(),
    requestId: z.string().describe('Id of the request.'),
    code: z.string().describe('What happened.'),
    message: z.string().describe('What happened, in words.'),
  })
  .describe('A row without a meeting.') satisfies z.ZodType<RowError>;

interface BatchAnswer extends BatchStatus {
  readonly statusUrl: string;
  readonly resultsUrl: string;
}

/** The answer of `GET /batches/{batchId}`, and one batch in lists. */
export const batchStatusSchema = describing<BatchAnswer>(
  z
    .strictObject({
      batchId: z.string().describe('Id of the batch.'),
      state: z
        .enum(['accepted', 'running', 'cancelling', 'finished', 'cancelled'])
        .describe('State of the batch.'),
      counts: z
        .strictObject({
          total: count('All rows.'),
          accepted: count('Rows that were valid on arrival.'),
          rejected: count('Rows that were invalid on arrival. The failed count includes them.'),
          pending: count('Rows without a result yet.'),
          created: count('Meetings that were created.'),
          existing: count('Rows whose meeting already existed.'),
          updated: count('Meetings that were changed.'),
          unchanged: count('Rows whose meeting already matched the request.'),
          superseded: count('Rows superseded by a newer change.'),
          cancelled: count('Meetings that were cancelled.'),
          failed: count('Rows without a meeting, or whose change failed.'),
          unknown: count('Rows whose meeting may or may not exist.'),
          preview: count('Rows that were only previewed.'),
        })
        .describe('Number of rows by result.'),
      acceptedDateTime: time('When the batch was accepted.'),
      startedDateTime: time('When its first rows were sent.').nullable(),
      cancelledDateTime: time('When it was cancelled.').nullable(),
      completedDateTime: time('When its last row had its result.').nullable(),
      estimatedEndDateTime: time('An estimate from the pace so far.').nullable(),
      firstErrors: z.array(rowError).describe('The first rows without a meeting.'),
      pass: z
        .strictObject({
          number: count('Number of the pass, from 1. Results with this pass are its own.'),
          kind: z
            .enum(['retry', 'undo'])
            .describe('The value undo means that the meetings of the batch are cancelled.'),
        })
        .describe('The latest retry of the batch, or cancelling of its meetings.')
        .exactOptional(),
      preview: z.literal(true).describe('Whether its rows are only previewed.').exactOptional(),
      outcomes: z
        .strictObject({
          create: count('Rows that would create a meeting.'),
          update: count('Rows that would change their meeting.'),
          unchanged: count('Rows whose meeting already matches the request.'),
          cancel: count('Rows that would cancel their meeting.'),
          refuse: count('Rows that would be refused.'),
        })
        .describe('For a preview: number of rows by predicted outcome.')
        .exactOptional(),

      statusUrl: z.url().describe('Address of the progress of the batch.'),
      resultsUrl: z.url().describe('Address of the results.'),
    })
    .describe('Progress of a batch.'),
);

export const finishedBatchesSchema = z
  .strictObject({
    value: z.array(batchStatusSchema).describe('Finished batches, oldest first.'),
    completedAfter: z.string().describe('Send this value as completedAfter in the next call.'),
  })
  .describe('Batches that have finished since the last call.');

const row = count('The row of the sheet, or the position in the list, from 1.');

const { requestId, meeting, error, ...ofResult } = meetingResultShape;

/** One schema for rows with and without a result, because generated clients do not support unions. */
export const batchRowSchema = z
  .strictObject({
    ...z.strictObject(ofResult).partial().shape,
    requestId,
    batchId: z.string().describe('Id of the batch.'),
    index: count('Position in the batch, from 0.'),
    row,
    status: z
      .enum([...ofResult.status.options, 'pending'])
      .describe('Result of the request. The value pending means that it has not ended yet.'),
    meeting,
    error,
  })
  .describe('One row of a batch, with its result once it has one.');

export const endedRowsSchema = z
  .strictObject({
    value: z.array(batchRowSchema).describe('The rows, in the order in which their batches ended.'),
    completedAfter: z.string().describe('Send this value as completedAfter in the next call.'),
  })
  .describe('Rows that have ended since the last call.');

export const choicesSchema = z
  .strictObject({
    value: z
      .array(
        z.strictObject({
          value: z.string().describe('Value for the request.'),
          title: z.string().describe('Text for people.'),
        }),
      )
      .describe('The entries of the list.'),
  })
  .describe('Choices for a field of a form.');

export const batchResultsSchema = z
  .strictObject({
    value: z.array(batchRowSchema).describe('The rows, in order.'),
    nextLink: z
      .url()
      .describe('Address of the next page. Absent on the last page.')
      .exactOptional(),
  })
  .describe('The results of a batch, or a page of them.');
