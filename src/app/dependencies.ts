import { makeAccessTokens, type AccessTokens } from '../adapters/graph/access-token';
import { makeCancellations } from '../adapters/storage/batch-cancellations';
import { makeBatchProgress } from '../adapters/storage/batch-progress';
import { makeBatchTable } from '../adapters/storage/batch-table';
import { systemRandom, systemClock } from '../adapters/clock';
import { makeCredential } from '../adapters/graph/credential';
import { makeGraph } from '../adapters/graph/client';
import { makeGraphDirectory } from '../adapters/graph/directory';
import { makeGraphMeetings } from '../adapters/graph/meetings';
import { log } from '../telemetry/log';
import { makeMessageBlobs } from '../adapters/storage/message-blobs';
import { probeQueue } from '../adapters/storage/probe';
import { makePoisonQueue, makeRequestQueue, makeResultQueue } from '../adapters/storage/queues';
import { makeRequestTable } from '../adapters/storage/request-table';
import { makeStorageClients, type StorageClients } from '../adapters/storage/clients';
import { guardThrottling } from '../meetings/throttle-guard';
import type * as Batches from './batch-handlers';
import { recordingProgress } from '../batches/run/record-progress';
import type { Config } from '../config/config';
import { makeCreateMeetingHandler } from '../handlers/http/create-meeting';
import { healthHandler } from '../handlers/http/health';
import type { HttpHandler } from '../handlers/http/response';
import { makeMeasureQueuesHandler } from '../handlers/queue/measure-queues';
import {
  makeCreateMyOnlineMeetingHandler,
  makeCreateOnlineMeetingHandler,
  makeCreateOrGetOnlineMeetingHandler,
} from '../handlers/http/online-meetings';
import {
  makeProcessMeetingRequestHandler,
  type QueueHandler,
} from '../handlers/queue/process-meeting-request';
import { makeGetRequestHandler, makeRetryRequestHandler } from '../handlers/http/requests';
import { makeProcessPoisonRequestHandler } from '../handlers/queue/process-poison-request';
import { requiringMeetingsRole } from '../handlers/http/sign-in';
import type { MeetingDependencies } from '../meetings/create-meeting';
import type { Clock } from '../meetings/ports';
import {
  batchesPoisonQueue,
  batchesQueue,
  batchesTable,
  messagesContainer,
  poisonQueue,
  requestsQueue,
  requestsTable,
  resultsQueue,
} from '../config/resource-names';

/** The app's endpoints, built and wired. */
export interface App {
  readonly createMeeting: HttpHandler;
  readonly createOnlineMeeting: HttpHandler;
  readonly createOrGetOnlineMeeting: HttpHandler;
  readonly createMyOnlineMeeting: HttpHandler;
  readonly getRequest: HttpHandler;
  readonly retryRequest: HttpHandler;
  readonly health: HttpHandler;
  readonly processMeetingRequest: QueueHandler;
  readonly processPoisonRequest: QueueHandler;
  readonly batches: Batches.BatchHandlers;
  readonly measureQueues: QueueHandler;
  /** Makes the queues that the triggers read, since the host only waits for them, and asks for the first token. */
  readonly prepare: () => Promise<void>;
}

/** Queues that the app empties. */
const inbound = [requestsQueue, poisonQueue, batchesQueue, batchesPoisonQueue];

interface Shared {
  readonly storage: StorageClients;
  readonly tokens: AccessTokens;
  readonly clock: Clock;
}

function makeGraphDependencies(
  config: Config,
  { tokens, clock }: Shared,
): Pick<MeetingDependencies, 'provider' | 'directory'> {
  const { baseUrl, timeoutMs } = config.graph;
  const graph = makeGraph({
    tokens,
    clock,
    random: systemRandom,
    log,
    baseUrl,
    timeoutMs,
  });
  return {
    provider: guardThrottling(makeGraphMeetings(graph), clock),
    directory: makeGraphDirectory(graph, config.directory.cacheMs),
  };
}

function makeMeetingDependencies(config: Config, shared: Shared): MeetingDependencies {
  const { storage, clock } = shared;
  return {
    ...makeGraphDependencies(config, shared),
    ledger: makeRequestTable(storage.table(requestsTable)),
    results: recordingProgress(
      makeResultQueue(storage.queue(resultsQueue), config.results.encoding),
      makeBatchProgress(storage.table(batchesTable)),
    ),
    clock,
    random: systemRandom,
    log,
    callTimeoutMs: config.graph.timeoutMs,
  };
}

/** Builds every client and wires the endpoints to them. Nothing is called yet. */
export function makeApp(config: Config, clock: Clock = systemClock): App {
  const storage = makeStorageClients(config.storage);
  const { clientId, scope } = config.graph;
  const tokens = makeAccessTokens(makeCredential(clientId), scope, clock);
  const now = (): Date => clock.now();
  const deps = { ...makeMeetingDependencies(config, { storage, tokens, clock }), now };
  const messages = makeMessageBlobs(() => storage.container(messagesContainer), clock);
  const batches = makeBatchTable(storage.table(batchesTable));
  const queued = {
    ...deps,
    messages,
    requests: makeRequestQueue(storage.queue(requestsQueue), messages),
    poison: makePoisonQueue(storage.queue(poisonQueue)),
    maxAgeMs: config.requests.maxAgeMs,
    isCancelled: makeCancellations(batches),
  };
  const requireMeetingsRole = requiringMeetingsRole(config.signIn);
  let batchHandlers: Batches.BatchHandlers | undefined;
  return {
    createMeeting: requireMeetingsRole(makeCreateMeetingHandler(deps)),
    createOnlineMeeting: requireMeetingsRole(makeCreateOnlineMeetingHandler(deps)),
    createOrGetOnlineMeeting: requireMeetingsRole(makeCreateOrGetOnlineMeetingHandler(deps)),
    createMyOnlineMeeting: makeCreateMyOnlineMeetingHandler(deps, config.signIn),
    getRequest: requireMeetingsRole(makeGetRequestHandler(deps)),
    retryRequest: requireMeetingsRole(makeRetryRequestHandler(deps)),
    health: healthHandler,
    processMeetingRequest: makeProcessMeetingRequestHandler(queued),
    processPoisonRequest: makeProcessPoisonRequestHandler(queued),
    // Loaded when the first batch comes, so that single requests do not wait for it.
    get batches() {
      const { makeBatchHandlers } = require('./batch-handlers') as typeof Batches;
      const progress = makeBatchProgress(storage.table(batchesTable));
      batchHandlers ??= makeBatchHandlers(config, storage, { ...queued, batches, progress });
      return batchHandlers;
    },
    measureQueues: makeMeasureQueuesHandler({
      queues: inbound,
      measure: (name) => probeQueue(storage.queue(name), now()),
      log,
    }),
    prepare: async () => {
      const queues = inbound.map((name) => storage.queue(name).createIfNotExists());
      await Promise.all([...queues, tokens.get()]);
    },
  };
}
