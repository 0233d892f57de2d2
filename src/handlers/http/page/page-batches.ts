import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Batch } from '../../../batches/batch';
import type { BatchCaller } from '../../../batches/caller';
import { acceptBatch } from '../../../batches/intake/accept-batch';
import type { Submission } from '../../../batches/intake/write-rows';
import { checkRows } from '../../../batches/intake/check-rows';
import { openRows } from '../../../batches/intake/read-rows';
import type { CallerBatches } from '../../../batches/ports';
import { statusOf } from '../../../batches/results/batch-status';
import { cancelBatch } from '../../../batches/run/cancel-batch';
import { startPass, type StartPassDependencies } from '../../../batches/run/start-pass';
import { outcomesOf } from '../../../batches/run/run-batch';
import { makeGetBatchResultsHandler, type ResultsDependencies } from '../batches/batch-results';
import type { BatchDependencies } from '../batches/batches';
import type { PoolMembers } from '../../../meetings/pools/organizer-pools';
import { emptyBody, readBytes } from '../body';
import { checkIdempotencyKey, flagIn } from '../request-options';
import { callersBatch, type FindPageCaller } from './page-caller';
import type { ReadPageFile } from './page-files';
import type { HttpHandler } from '../response';

export type PageDependencies = BatchDependencies &
  ResultsDependencies &
  StartPassDependencies & {
    readonly callerBatches: CallerBatches;
    readonly readPageFile: ReadPageFile;
    readonly allowPast: boolean;
    /** Absent if there are no pools. */
    readonly pools?: { readonly members: Pick<PoolMembers, 'names'> } | undefined;
    /** Absent if calendars are not set up. */
    readonly calendars?: object | undefined;
  };

/** Maximum number of batches in an answer. */
const maxListed = 50;
/** Maximum body size, in bytes: a workbook of 32 MB as base64, and its rows. */
const maxBodyBytes = 64 * 1024 * 1024;

/** `GET /api/app/me`: who is signed in, which pools they may name, and whether people can be invited by email. */
export const makeGetPageCallerHandler =
  (find: FindPageCaller, deps: PageDependencies): HttpHandler =>
  async (request) => {
    const { name, userName, ownOnly } = find(request);
    const pools = ownOnly ? [] : (deps.pools?.members.names ?? []);
    const hasCalendars = deps.calendars !== undefined;
    return answer({ name, userName, ownOnly, pools, hasCalendars });
  };

/**
 * `POST /api/app/batches`: accepts the rows that the page has read. `?check=true` only returns their problems, at once;
 * `?preview=true` predicts their outcomes.
 */
export const makeSubmitPageBatchHandler =
  (find: FindPageCaller, deps: PageDependencies): HttpHandler =>
  async (request, context) => {
    const caller = find(request);
    const submission = await readSubmission(request, caller);
    if (flagIn(request, 'check')) return answer({ value: await refusedRows(submission, deps) });
    const traceparent = context.traceContext?.traceParent ?? undefined;
    const preview = flagIn(request, 'preview');
    const { batch } = await acceptBatch({ ...submission, traceparent, preview }, deps);
    if (!preview) await deps.callerBatches.add({ ...batch, callerId: caller.id });
    return { ...(await answerBatch(batch, deps)), status: 202 };
  };

/** The problems of the rows. Stores nothing. */
const refusedRows = ({ body, caller }: Submission, deps: PageDependencies): Promise<object> =>
  checkRows(openRows(body, caller, deps.workbooks), {
    now: deps.clock.now(),
    allowPast: deps.allowPast,
  });

async function readSubmission(request: HttpRequest, caller: BatchCaller): Promise<Submission> {
  const body = await readBytes(request, maxBodyBytes);
  if (body.length === 0) throw emptyBody('Send the rows as JSON.');
  const key = checkIdempotencyKey(request);
  return {
    body,
    format: 'rows',
    defaults: {},
    caller,
    // Prefixed with the caller's id, so that keys of different users never collide.
    idempotencyKey: key === undefined ? undefined : `page:${caller.id.toLowerCase()}:${key}`,
  };
}

/** `GET /api/app/batches`: the batches of this user, newest first. */
export const makeListPageBatchesHandler =
  (find: FindPageCaller, deps: PageDependencies): HttpHandler =>
  async (request) => {
    const ids: string[] = [];
    for await (const batchId of deps.callerBatches.list(find(request).id)) {
      ids.push(batchId);
      if (ids.length === maxListed) break;
    }
    const stored = await Promise.all(ids.map((batchId) => deps.batches.read(batchId)));
    const batches = stored.flatMap((each) => (each === undefined ? [] : [each.batch]));
    const value = await Promise.all(batches.map((batch) => describe(batch, deps)));
    return answer({ value });
  };

/** `GET /api/app/batches/{batchId}`: its progress. */
export const makeGetPageBatchHandler =
  (find: FindPageCaller, deps: PageDependencies): HttpHandler =>
  async (request) =>
    answerBatch(await batchIn(request, find, deps), deps);

/** `GET /api/app/batches/{batchId}/results`: the same answer as `GET /api/batches/{batchId}/results`. */
export const makeGetPageBatchResultsHandler = (
  find: FindPageCaller,
  deps: PageDependencies,
): HttpHandler => {
  const results = makeGetBatchResultsHandler(deps, 'key');
  return async (request, context) => {
    await batchIn(request, find, deps);
    return results(request, context);
  };
};

/** `DELETE /api/app/batches/{batchId}`: starts no further rows. */
export const makeCancelPageBatchHandler =
  (find: FindPageCaller, deps: PageDependencies): HttpHandler =>
  async (request) => {
    const { batchId } = await batchIn(request, find, deps);
    return answerBatch(await cancelBatch(batchId, deps), deps);
  };

/** `POST /api/app/batches/{batchId}/retry`: tries the failed rows again. */
export const makeRetryPageBatchHandler =
  (find: FindPageCaller, deps: PageDependencies): HttpHandler =>
  async (request) => {
    const { batchId } = await batchIn(request, find, deps);
    return answerBatch(await startPass(batchId, { kind: 'retry' }, deps), deps);
  };

const batchIn = (
  request: HttpRequest,
  find: FindPageCaller,
  { batches }: PageDependencies,
): Promise<Batch> => callersBatch(request.params['batchId'] ?? '', find(request), batches);

async function describe(batch: Batch, deps: PageDependencies): Promise<object> {
  const status = statusOf(batch, await outcomesOf(batch, deps), deps.clock.now());
  const { fileName, callerName } = batch.origin ?? {};
  const hasSheet = (batch.csv?.header.length ?? 0) > 0;
  const hasWorkbook = batch.workbook !== undefined;
  return { ...status, fileName, callerName, hasSheet, hasWorkbook };
}

const answerBatch = async (batch: Batch, deps: PageDependencies): Promise<HttpResponseInit> =>
  answer(await describe(batch, deps));

const answer = (jsonBody: object): HttpResponseInit => ({
  jsonBody,
  headers: { 'X-Content-Type-Options': 'nosniff' },
});
