import { randomBytes } from 'node:crypto';
import { readCsv } from './adapters/batch-csv';
import { makeBatchIndex } from './adapters/batch-index';
import type { makeBatchProgress } from './adapters/batch-progress';
import { makeBatchQueue, makeCompletionQueue } from './adapters/batch-queues';
import { makeBatchRows } from './adapters/batch-rows';
import { makeFinishedBatches } from './adapters/finished-batches';
import { makeFinishedRequests } from './adapters/finished-requests';
import { probeQueue } from './adapters/probe-storage';
import type { StorageClients } from './adapters/storage-clients';
import { cleanUp } from './batches/clean-up';
import type { OldMessages } from './batches/clean-up-messages';
import type { BatchLedger } from './batches/ports';
import { wakeBatches } from './batches/wake-batches';
import type { Config } from './config';
import { makeGetBatchResultsHandler } from './handlers/batch-results';
import {
  makeCancelBatchHandler,
  makeGetBatchHandler,
  makeSubmitBatchHandler,
} from './handlers/batches';
import { makeListFinishedBatchesHandler } from './handlers/finished-batches';
import { makeExpandBatchHandler, makeReviveBatchHandler } from './handlers/expand-batch';
import type { HttpDependencies, HttpHandler } from './handlers/http-answer';
import type { QueueHandler } from './handlers/process-meeting-request';
import { requiringMeetingsRole } from './handlers/signed-in-user';
import type { MeetingDependencies } from './meetings/create-meeting';
import type { RequestSender } from './meetings/ports';
import {
  batchesContainer,
  batchesQueue,
  batchesTable,
  poisonQueue,
  requestsQueue,
  requestsTable,
  resultsQueue,
} from './storage-names';

/** The doors for batches, built and wired. */
export interface BatchDoors {
  readonly submitBatch: HttpHandler;
  readonly getBatch: HttpHandler;
  readonly getBatchByToken: HttpHandler;
  readonly getBatchResults: HttpHandler;
  readonly getBatchResultsByToken: HttpHandler;
  readonly cancelBatch: HttpHandler;
  readonly listFinishedBatches: HttpHandler;
  readonly expandBatch: QueueHandler;
  readonly reviveBatch: QueueHandler;
  readonly wakeBatches: QueueHandler;
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

export function makeBatchDoors(
  config: Config,
  storage: StorageClients,
  shared: SharedDependencies,
): BatchDoors {
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
  const forAnyone = requiringMeetingsRole(config.signIn);
  return {
    submitBatch: forAnyone(makeSubmitBatchHandler(deps)),
    getBatch: forAnyone(makeGetBatchHandler(deps, 'key')),
    getBatchByToken: makeGetBatchHandler(deps, 'token'),
    getBatchResults: forAnyone(makeGetBatchResultsHandler(deps, 'key')),
    getBatchResultsByToken: makeGetBatchResultsHandler(deps, 'token'),
    cancelBatch: forAnyone(makeCancelBatchHandler(deps)),
    listFinishedBatches: forAnyone(
      makeListFinishedBatchesHandler({ ...deps, finished: makeFinishedBatches(table) }),
    ),
    expandBatch: makeExpandBatchHandler(deps),
    reviveBatch: makeReviveBatchHandler(deps),
    wakeBatches: () => wakeBatches(deps),
    cleanUp: () => cleanUp(deps),
  };
}
