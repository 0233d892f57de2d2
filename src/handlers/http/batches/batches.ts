import { isUtf8 } from 'node:buffer';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { acceptBatch, type AcceptDependencies } from '../../../batches/intake/accept-batch';
import type { Submission } from '../../../batches/intake/write-rows';
import type { Batch } from '../../../batches/batch';
import { issueToken } from '../../../batches/issue-token';
import { findBatch } from '../../../batches/move-batch';
import { cancelBatch } from '../../../batches/run/cancel-batch';
import { startPass, type StartPassDependencies } from '../../../batches/run/start-pass';
import { isCompoundFile, isZip } from '../../../workbook/zip/signature';
import { defaultNames, toDefaults } from '../../../batches/intake/sheet/csv-header';
import { MeetingError } from '../../../errors/meeting-error';
import {
  answerStatus,
  batchOf,
  urlsOf,
  type BatchAccess,
  type ReadDependencies,
} from './batch-status';
import type { HttpHandler } from '../response';
import { wrongQuery } from '../wrong-query';
import { emptyBody, readBytes } from '../body';
import { checkIdempotencyKey, checkQueryNames, flagIn } from '../request-options';

/**
 * Maximum body size of the Functions host, in bytes:
 * https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger#limits
 */
const maxBatchBytes = 100 * 1024 * 1024;

/**
 * Maximum memory for accepting a batch, in bytes: a fixed part, and a part for each byte of the body:
 * docs/batches.md#how-large-a-list-may-be
 */
const memoryOfBatch = 32 * 1024 * 1024;
const memoryOfByte = 6;

/** Size up to which a body is never refused because of memory, in bytes: some thousand rows. */
const alwaysAcceptedBytes = 1024 * 1024;

export type BatchDependencies = AcceptDependencies &
  ReadDependencies & {
    /** Memory that the instance has left, in bytes. */
    readonly freeMemory: () => number;
  };

/**
 * `POST /api/batches[?preview=true]`: accepts a batch as JSON, CSV or a workbook, and answers 202 with the address of
 * its status. With `preview`, only predicts the outcome of each row.
 */
export const makeSubmitBatchHandler = (deps: BatchDependencies): HttpHandler =>
  submitting((request) => flagIn(request, 'preview'), deps);

/** `POST /api/batches/preview`: the same as `?preview=true`, for callers that identify operations by path. */
export const makePreviewBatchHandler = (deps: BatchDependencies): HttpHandler =>
  submitting(() => true, deps);

const submitting =
  (isPreview: (request: HttpRequest) => boolean, deps: BatchDependencies): HttpHandler =>
  async (request, context) => {
    checkQueryNames(request, ['preview', 'sheet', ...defaultNames(request.query.keys())]);
    const preview = isPreview(request);
    const traceparent = context.traceContext?.traceParent ?? undefined;
    const submission = { ...(await readSubmission(request, deps)), preview, traceparent };
    const { batch, token } = await acceptBatch(submission, deps);
    return answerStatus(batch, urlsOf(request, batch.batchId, token), deps);
  };

async function readSubmission(
  request: HttpRequest,
  { freeMemory }: BatchDependencies,
): Promise<Submission> {
  const maxBytes = maxBytesIn(freeMemory());
  const body = await readBytes(request, maxBytes, remedyAt(maxBytes));
  if (body.length === 0) throw emptyBody('Send the requests as JSON, as CSV or as a workbook.');
  const format = formatOf(request, body);
  if (format !== 'xlsx' && !isUtf8(body)) {
    throw new MeetingError('invalidRequest', 'The body is not UTF-8 text.', {
      remedy: 'Send the body as UTF-8. In Excel, save the sheet as "CSV UTF-8 (Comma delimited)".',
    });
  }
  return {
    body,
    format,
    sheet: request.query.get('sheet') ?? undefined,
    defaults: toDefaults(request.query),
    idempotencyKey: checkIdempotencyKey(request),
  };
}

const maxBytesIn = (freeMemory: number): number =>
  Math.min(
    maxBatchBytes,
    Math.max(alwaysAcceptedBytes, Math.floor((freeMemory - memoryOfBatch) / memoryOfByte)),
  );

const remedyAt = (maxBytes: number): string =>
  maxBytes === maxBatchBytes
    ? 'Send the list as several batches.'
    : 'Send the list as several batches, or ask the operator for instances with more memory.';

/**
 * Recognizes a workbook by its first bytes. Otherwise a decisive Content-Type counts, else the first character: no CSV
 * header starts with `[` or `{`.
 */
function formatOf(request: HttpRequest, body: Uint8Array): Submission['format'] {
  const type = request.headers.get('content-type')?.toLowerCase() ?? '';
  if (isZip(body) || isCompoundFile(body) || type.includes('spreadsheetml')) return 'xlsx';
  if (type.includes('csv')) return 'csv';
  if (type.includes('json')) return 'json';
  const start = Buffer.from(body.subarray(0, 64)).toString('utf8').trimStart();
  return /^[[{]/.test(start) ? 'json' : 'csv';
}

/**
 * `GET /api/batches/{batchId}[?wait=false]`, and the same under the address with a token. `wait=false` is for callers
 * that would poll every 202 to its end, but only want the progress.
 */
export function makeGetBatchHandler(deps: ReadDependencies, access: BatchAccess): HttpHandler {
  return async (request) => {
    checkQueryNames(request, ['wait']);
    const isAtOnce = request.query.has('wait') && !flagIn(request, 'wait');
    const batch = await batchOf(request, access, deps);
    const answer = await answerStatus(batch, urlsOf(request, batch.batchId), deps);
    return isAtOnce ? { jsonBody: answer.jsonBody } : answer;
  };
}

/**
 * `DELETE /api/batches/{batchId}[?meetings=true[&comment=…]]`: starts no further rows. With `meetings`, after its end:
 * cancels the meetings that it has made, and sends the comment to the people who were invited.
 */
export function makeCancelBatchHandler(
  deps: BatchDependencies & StartPassDependencies,
): HttpHandler {
  return async (request) => {
    const batchId = request.params['batchId'] ?? '';
    checkQueryNames(request, ['meetings', 'comment']);
    const batch = flagIn(request, 'meetings')
      ? await startPass(batchId, { kind: 'undo', ...commentIn(request) }, deps)
      : await cancelBatch(batchId, deps);
    return answerOpened(batch, request, deps);
  };
}

/** In characters: the comment is stored in the row of the batch. */
const maxCommentLength = 1_000;

function commentIn({ query }: HttpRequest): { readonly comment?: string } {
  const comment = query.get('comment') ?? '';
  if (comment.length <= maxCommentLength) return comment === '' ? {} : { comment };
  throw wrongQuery('comment', `must have at most ${maxCommentLength} characters`);
}

/** `POST /api/batches/{batchId}/retry[?confirm=true]`: tries its failed rows again. */
export function makeRetryBatchHandler(
  deps: BatchDependencies & StartPassDependencies,
): HttpHandler {
  return async (request) => {
    checkQueryNames(request, ['confirm']);
    const confirmed = flagIn(request, 'confirm') ? ({ isConfirmed: true } as const) : {};
    const batchId = request.params['batchId'] ?? '';
    const batch = await startPass(batchId, { kind: 'retry', ...confirmed }, deps);
    return answerOpened(batch, request, deps);
  };
}

/** Answers with an address that needs no key, as for a new batch: flows poll without a key. */
async function answerOpened(
  { batchId }: Batch,
  request: HttpRequest,
  deps: BatchDependencies,
): Promise<HttpResponseInit> {
  const { batch, token } = await issueToken(await findBatch(deps.batches, batchId), deps);
  return answerStatus(batch, urlsOf(request, batchId, token), deps);
}
