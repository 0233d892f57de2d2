import * as z from 'zod';
import type { RowError } from '../batches/batch';
import type { BatchStatus } from '../batches/results/batch-status';
import { count, describing, meetingResultShape, time } from './answer-schemas';

const rowError = z
  .strictObject({
    index: count('Place in the batch, from 0.'),
    requestId: z.string().describe('Which request it is.'),
    code: z.string().describe('What happened.'),
    message: z.string().describe('What happened, in words.'),
  })
  .describe('A row without a meeting.') satisfies z.ZodType<RowError>;

interface BatchAnswer extends BatchStatus {
  readonly statusUrl: string;
  readonly resultsUrl: string;
}

export const batchStatusSchema = describing<BatchAnswer>(
  z
    .strictObject({
      batchId: z.string().describe('Id of the batch.'),
      state: z
        .enum(['accepted', 'running', 'cancelling', 'finished', 'cancelled'])
        .describe('How far the batch has come.'),
      counts: z
        .strictObject({
          total: count('All rows.'),
          accepted: count('Rows that were right when they came.'),
          rejected: count('Rows that were wrong when they came; they are among the failed ones.'),
          pending: count('Rows without a result yet.'),
          created: count('Meetings that were made.'),
          existing: count('Rows whose meeting was there already.'),
          failed: count('Rows without a meeting.'),
          unknown: count('Rows of which nobody knows whether they have a meeting.'),
        })
        .describe('Rows by how they ended.'),
      acceptedDateTime: time('When the batch came.'),
      startedDateTime: time('When its first rows were sent.').nullable(),
      cancelledDateTime: time('When it was cancelled.').nullable(),
      completedDateTime: time('When its last row had its result.').nullable(),
      estimatedEndDateTime: time('A guess from the pace so far.').nullable(),
      firstErrors: z.array(rowError).describe('The first rows without a meeting.'),

      statusUrl: z.url().describe('Where to ask how far it has come.'),
      resultsUrl: z.url().describe('Where its results are.'),
    })
    .describe('How far a batch has come.'),
);

export const finishedBatchesSchema = z
  .strictObject({
    value: z.array(batchStatusSchema).describe('Batches that are finished, the oldest first.'),
    completedAfter: z.string().describe('What to ask with the next time.'),
  })
  .describe('Batches that were finished since the last question.');

const row = count('The row of the sheet, or the place in the list, from 1.');

const { requestId, meeting, error, ...ofResult } = meetingResultShape;

/** One shape for rows with and without a result: clients that are generated read no unions. */
export const batchRowSchema = z
  .strictObject({
    ...z.strictObject(ofResult).partial().shape,
    requestId,
    batchId: z.string().describe('Id of the batch.'),
    index: count('Place in the batch, from 0.'),
    row,
    status: z
      .enum([...ofResult.status.options, 'pending'])
      .describe('How the request ended; pending means that it has not ended yet.'),
    meeting,
    error,
  })
  .describe('One row of a batch, with its result once it has one.');

export const batchResultsSchema = z
  .strictObject({
    value: z.array(batchRowSchema).describe('The rows, in their order.'),
    nextLink: z.url().describe('Where the next rows are; absent on the last page.').exactOptional(),
  })
  .describe('The results of a batch, or a page of them.');
