import { randomBytes } from 'node:crypto';
import { readCsv } from '../adapters/csv';
import { makeBatchIndex } from '../adapters/storage/batch-index';
import type { makeBatchProgress } from '../adapters/storage/batch-progress';
import { makeBatchQueue, makeCompletionQueue } from '../adapters/storage/batch-queues';
import { makeBatchRows } from '../adapters/storage/batch-rows';
import { makeFinishedBatches } from '../adapters/storage/finished-batches';
import { makeFinishedRequests } from '../adapters/storage/finished-requests';
import { probeQueue } from '../adapters/storage/probe';
import type { StorageClients } from '../adapters/storage/clients';
import { cleanUp } from '../retention/clean-up';
import type { OldMessages } from '../retention/clean-up-messages';
import type { BatchLedger } from '../batches/ports';
import { resumeStalledBatches } from '../batches/run/resume-stalled-batches';
import type { Config } from '../config/config';
import { makeGetBatchResultsHandler } from '../handlers/http/batch-results';
import {
  makeCancelBatchHandler,
  makeGetBatchHandler,
  makeSubmitBatchHandler,
} from '../handlers/http/batches';
import { makeListFinishedBatchesHandler } from '../handlers/http/finished-batches';
import { makeRunBatchHandler, makeRequeueDeadBatchHandler } from '../handlers/queue/run-batch';
import type { HttpDependencies, HttpHandler } from '../handlers/http/response';
import type { QueueHandler } from '../handlers/queue/process-meeting-request';
import { requiringMeetingsRole } from '../handlers/http/sign-in';
import type { MeetingDependencies } from '../meetings/create-meeting';
import type { RequestSender } from '../meetings/ports';
import {
  batchesContainer,
  batchesQueue,
  batchesTable,
  poisonQueue,
  requestsQueue,
  requestsTable,
  resultsQueue,
} from '../config/resource-names';

/** The endpoints for batches, built and wired. */
export interface BatchHandlers {
  readonly submitBatch: HttpHandler;
  readonly getBatch: HttpHandler;
  readonly getBatchByToken: HttpHandler;
  readonly getBatchResults: HttpHandler;
  readonly getBatchResultsByToken: HttpHandler;
  readonly cancelBatch: HttpHandler;
  readonly listFinishedBatches: HttpHandler;
  readonly runBatch: QueueHandler;
  readonly requeueDeadBatch: QueueHandler;
  readonly resumeStalledBatches: QueueHandler;
  readonly cleanUp: QueueHandler;
}

/** What batches share with single requests. */
export interface SharedDependencies extends MeetingDependencies, HttpDependencies {
  readonly log: MeetingDependencies['log'];
  readonly requests: RequestSender;
  readonly messages: OldMessages;
  readonly batches: BatchLedger;
  readonly progress: ReturnType<typeof makeBatchProgress>;
}

export function makeBatchHandlers(
  config: Config,
  storage: StorageClients,
  shared: SharedDependencies,
): BatchHandlers {
  const table = storage.table(batchesTable);
  const deps = {
    ...shared,
    index: makeBatchIndex(table),
    rows: makeBatchRows(storage.container(batchesContainer), shared.clock),
    announcer: makeBatchQueue(storage.queue(batchesQueue)),
    completions: makeCompletionQueue(storage.queue(resultsQueue), config.results.encoding),
    finishedRequests: makeFinishedRequests(storage.table(requestsTable), table, shared.clock),
    oldMessages: shared.messages,
    waitingRequests: () => probeQueue(storage.queue(requestsQueue), shared.clock.now()),
    waitingPoison: () => probeQueue(storage.queue(poisonQueue), shared.clock.now()),
    readCsv,
    newToken: () => randomBytes(32).toString('base64url'),
    window: config.batches.window,
    retentionMs: config.batches.retentionMs,
  };
  const requireMeetingsRole = requiringMeetingsRole(config.signIn);
  return {
    submitBatch: requireMeetingsRole(makeSubmitBatchHandler(deps)),
    getBatch: requireMeetingsRole(makeGetBatchHandler(deps, 'key')),
    getBatchByToken: makeGetBatchHandler(deps, 'token'),
    getBatchResults: requireMeetingsRole(makeGetBatchResultsHandler(deps, 'key')),
    getBatchResultsByToken: makeGetBatchResultsHandler(deps, 'token'),
    cancelBatch: requireMeetingsRole(makeCancelBatchHandler(deps)),
    listFinishedBatches: requireMeetingsRole(
      makeListFinishedBatchesHandler({ ...deps, finished: makeFinishedBatches(table) }),
    ),
    runBatch: makeRunBatchHandler(deps),
    requeueDeadBatch: makeRequeueDeadBatchHandler(deps),
    resumeStalledBatches: () => resumeStalledBatches(deps),
    cleanUp: () => cleanUp(deps),
  };
}
