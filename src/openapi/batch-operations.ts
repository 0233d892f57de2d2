import type { MeetingErrorCode } from '../errors/meeting-error';
import {
  batchCsvExample,
  batchExample,
  batchResultsExample,
  choicesExample,
  endedRowsExample,
  finishedBatchesExample,
  finishedBatchExample,
  resultsCsvExample,
  resultsLinesExample,
  runningBatchExample,
} from './examples';
import { workbookType } from '../batches/workbook-type';
import { failures } from './error-codes';
import type { Answer, Operation } from './operation';
import * as parameters from './parameters';

const always: readonly MeetingErrorCode[] = [
  'misconfigured',
  'internalError',
  'storageUnavailable',
];
const withKey: readonly MeetingErrorCode[] = ['forbidden', ...always];

const running: Answer = {
  description:
    'The batch is not finished yet. Call the address in Location after Retry-After seconds.',
  schema: 'BatchStatus',
  example: runningBatchExample,
  headers: ['Location', 'Retry-After'],
};

const finished: Answer = {
  description: 'The batch is finished, or the caller did not want to wait.',
  schema: 'BatchStatus',
  example: finishedBatchExample,
};

const workbookExample = '(the bytes of an .xlsx file)';

const results: Answer = {
  description: 'The rows in order, each with its result once it has one.',
  schema: 'BatchResults',
  example: batchResultsExample,
  headers: ['Link'],
  otherForms: {
    'application/x-ndjson': resultsLinesExample,
    'text/csv': resultsCsvExample,
    [workbookType]: workbookExample,
  },
};

const batch = { method: 'get', tag: 'Batches' } as const;

/** The common part of operations that take a list. */
const submission: Pick<Operation, 'method' | 'tag' | 'access' | 'body' | 'errors'> = {
  method: 'post',
  tag: 'Batches',
  access: 'key',
  body: {
    schema: 'Batch',
    example: batchExample,
    otherForms: { 'text/csv': batchCsvExample, [workbookType]: workbookExample },
  },
  errors: [
    'invalidRequest',
    'requestTooLarge',
    'unsupportedEncoding',
    'requestIdReused',
    ...withKey,
  ],
};

const sentBefore: Answer = {
  ...finished,
  description: 'The batch was sent before with this key, and is finished.',
};

export const batchOperations: readonly Operation[] = [
  {
    ...submission,
    operationId: 'submitBatch',
    path: '/batches',
    summary: 'Create meetings from a list',
    description:
      'Accepts a batch as JSON, CSV or an Excel workbook. An invalid row gets a failed result and does not stop the others. The query can contain defaults for all rows: also properties of a meeting by their JSON path, such as calendar.enabled or lobbyBypassSettings.scope.',
    parameters: [
      parameters.idempotencyKey,
      ...parameters.batchDefaults,
      parameters.sheet,
      parameters.preview,
      parameters.refresh,
    ],
    answers: { 200: sentBefore, 202: running },
  },
  {
    ...submission,
    operationId: 'previewBatch',
    path: '/batches/preview',
    summary: 'Check a list',
    description:
      'Predicts the outcome of each row, like submitBatch with preview=true. Creates and changes nothing.',
    parameters: [parameters.idempotencyKey, ...parameters.batchDefaults, parameters.sheet],
    answers: { 200: sentBefore, 202: running },
  },
  {
    ...batch,
    operationId: 'listFinishedBatches',
    path: '/batches',
    summary: 'List finished batches',
    description:
      'Returns the batches that have finished since the last call, for callers that poll.',
    access: 'key',
    parameters: [parameters.completedAfter],
    answers: {
      200: {
        description: 'Batches, oldest first, and the completedAfter for the next call.',
        schema: 'FinishedBatches',
        example: finishedBatchesExample,
      },
    },
    errors: ['invalidRequest', ...withKey],
  },
  {
    ...batch,
    operationId: 'listResults',
    path: '/results/{outcome}',
    summary: 'List rows that ended',
    description:
      'Returns the rows of batches that have finished since the last call, for callers that poll. Each row is listed once. A row that was retried is listed again.',
    access: 'key',
    parameters: [parameters.outcome, parameters.completedAfter],
    answers: {
      200: {
        description: 'Rows, and the completedAfter for the next call.',
        schema: 'EndedRows',
        example: endedRowsExample,
      },
    },
    errors: ['invalidRequest', ...withKey],
  },
  {
    ...batch,
    operationId: 'getBatch',
    path: '/batches/{batchId}',
    summary: 'Get a batch',
    description: 'Returns the progress of a batch.',
    access: 'key',
    parameters: [parameters.batchId, parameters.wait],
    answers: { 200: finished, 202: running },
    errors: ['invalidRequest', 'batchNotFound', ...withKey],
  },
  {
    ...batch,
    operationId: 'getBatchByToken',
    path: '/batches/{batchId}/status/{token}',
    summary: 'Get a batch by its statusUrl',
    description: 'The statusUrl in the response of submitBatch. It does not require a key.',
    access: 'anyone',
    parameters: [parameters.batchId, parameters.token, parameters.wait],
    answers: { 200: finished, 202: running },
    errors: ['invalidRequest', 'batchNotFound', ...always],
  },
  {
    ...batch,
    operationId: 'getBatchResults',
    path: '/batches/{batchId}/results',
    summary: 'Get batch results',
    description: 'Returns each row with its join link or its error.',
    access: 'key',
    parameters: [parameters.batchId, ...parameters.resultsQuery],
    answers: { 200: results },
    errors: ['invalidRequest', 'batchNotFound', ...withKey],
  },
  {
    ...batch,
    operationId: 'getBatchResultsByToken',
    path: '/batches/{batchId}/status/{token}/results',
    summary: 'Get batch results by their resultsUrl',
    description: 'The resultsUrl in the response of submitBatch. It does not require a key.',
    access: 'anyone',
    parameters: [parameters.batchId, parameters.token, ...parameters.resultsQuery],
    answers: { 200: results },
    errors: ['invalidRequest', 'batchNotFound', ...always],
  },
  {
    operationId: 'cancelBatch',
    method: 'delete',
    path: '/batches/{batchId}',
    tag: 'Batches',
    summary: 'Cancel a batch',
    description:
      'Starts no further rows. Existing meetings are kept, unless a second call with meetings=true cancels those that the batch has created.',
    access: 'key',
    parameters: [parameters.batchId, parameters.meetings, parameters.comment],
    answers: { 200: finished, 202: running },
    errors: ['invalidRequest', 'batchNotFound', 'batchFinished', 'batchNotFinished', ...withKey],
  },
  {
    operationId: 'retryBatch',
    method: 'post',
    path: '/batches/{batchId}/retry',
    tag: 'Batches',
    summary: 'Retry the failed rows of a batch',
    description:
      'Retries every failed row of a batch that has ended, and updates its counts. Invalid rows stay as they are.',
    access: 'key',
    parameters: [parameters.batchId, parameters.confirm],
    answers: { 200: finished, 202: running },
    errors: ['invalidRequest', 'batchNotFound', 'batchNotFinished', 'batchCancelled', ...withKey],
  },
  {
    ...batch,
    operationId: 'getTemplate',
    path: '/templates/{format}',
    summary: 'Get a template',
    description: 'A sheet with the columns and one example row. It does not require a key.',
    access: 'anyone',
    parameters: [parameters.templateFormat],
    answers: {
      200: {
        description: 'The sheet.',
        otherForms: { 'text/csv': batchCsvExample, [workbookType]: workbookExample },
      },
    },
    errors: ['invalidRequest', ...always],
  },
  {
    operationId: 'listChoices',
    method: 'get',
    path: '/choices/{list}',
    tag: 'Requests',
    summary: 'List choices',
    description:
      'Time zones, organizers or the batches of the last week, for forms. Listing organizers requires the permission to look up people.',
    access: 'key',
    parameters: [parameters.choiceList, parameters.search],
    answers: {
      200: { description: 'The list.', schema: 'Choices', example: choicesExample },
    },
    errors: [
      'invalidRequest',
      'directoryPermissionMissing',
      'organizerNotFound',
      'graphRejected',
      ...failures,
      'forbidden',
      'storageUnavailable',
    ],
  },
];
