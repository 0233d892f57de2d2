import { randomBytes } from 'node:crypto';
import { systemClock, systemRandom } from '../adapters/clock';
import { readCsv } from '../adapters/csv';
import { makeAccessTokens } from '../adapters/graph/access-token';
import { makeGraphCalendars } from '../adapters/graph/calendars';
import { makeGraph } from '../adapters/graph/client';
import { makeCredential } from '../adapters/graph/credential';
import { makeGraphDirectory } from '../adapters/graph/directory';
import { makeGraphMeetings } from '../adapters/graph/meetings';
import { makeGraphPeople } from '../adapters/graph/people';
import { renderInvitation } from '../adapters/invitations';
import { makePoolMembers } from '../adapters/graph/pool-members';
import { makeOrganizerRights } from '../adapters/graph/organizer-rights';
import { makeBatchCache } from '../adapters/storage/batches/batch-cache';
import { makeBatchIndex } from '../adapters/storage/batches/batch-index';
import { makeBatchProgress } from '../adapters/storage/batches/batch-progress';
import { makeBatchQueue, makeCompletionQueue } from '../adapters/storage/batches/batch-queues';
import { makeBatchRows } from '../adapters/storage/batches/batch-rows';
import { makeBatchTable } from '../adapters/storage/batches/batch-table';
import { makeCallerBatches } from '../adapters/storage/batches/caller-batches';
import { makeStorageClients } from '../adapters/storage/clients';
import { makeFinishedBatches } from '../adapters/storage/batches/finished-batches';
import { makeDeadLetterQueue } from '../adapters/storage/dead-letter-queue';
import { makeFinishedRequests } from '../adapters/storage/requests/finished-requests';
import { listingByDay } from '../adapters/storage/requests/listed-ledger';
import { makeMessageBlobs } from '../adapters/storage/message-blobs';
import { makeOldCounts } from '../adapters/storage/requests/old-counts';
import { makeOrganizerCounts } from '../adapters/storage/requests/organizer-counts';
import { probeQueue } from '../adapters/storage/probe';
import { makePoisonQueue, makeRequestQueue, makeResultQueue } from '../adapters/storage/queues';
import { makeRequestDays } from '../adapters/storage/requests/request-days';
import { makeRequestTable } from '../adapters/storage/requests/request-table';
import { readPageFile } from '../adapters/page-files';
import { makeWorkbooks } from '../adapters/workbooks';
import { rowCapacity } from '../batches/run/carry-out-batch';
import { recountRow } from '../batches/run/recount-row';
import { recordingProgress } from '../batches/run/record-progress';
import { makeCapacity } from '../batches/run/capacity';
import type { Config } from '../config/config';
import * as names from '../config/resource-names';
import type { Clock } from '../meetings/ports';
import { guardMailboxes, guardThrottling } from '../meetings/calls/throttle-guard';
import { log } from '../telemetry/log';

/** The clients and ports that handlers use. */
export type Dependencies = ReturnType<typeof makeDependencies>;

/** Builds the clients and ports. Makes no calls. */
export function makeDependencies(config: Config, clock: Clock = systemClock) {
  const { baseUrl, clientId, scope, timeoutMs } = config.graph;
  const random = systemRandom;
  /** Memory that the process can still allocate, in bytes, within the limit of its container. */
  const freeMemory = (): number => process.availableMemory();

  // Clients.
  const tokens = makeAccessTokens(makeCredential(clientId), scope, clock);
  const graph = makeGraph({ tokens, clock, random, log, baseUrl, timeoutMs });
  const storage = makeStorageClients(config.storage);
  const requestsTable = storage.table(names.requestsTable);
  const batchesTable = storage.table(names.batchesTable);
  const requestsQueue = storage.queue(names.requestsQueue);
  const resultsQueue = storage.queue(names.resultsQueue);
  const poisonQueue = storage.queue(names.poisonQueue);

  // Ports.
  const messages = makeMessageBlobs(() => storage.container(names.messagesContainer), clock);
  const progress = makeBatchProgress(batchesTable);
  const batches = makeBatchTable(batchesTable);
  const index = makeBatchIndex(batchesTable);
  const completions = makeCompletionQueue(resultsQueue, config.results.encoding);
  const measure = (name: string) => probeQueue(storage.queue(name), clock.now());
  return {
    clock,
    random,
    log,
    newToken: () => randomBytes(32).toString('base64url'),

    provider: guardThrottling(makeGraphMeetings(graph), clock),
    calendars:
      config.calendars.group === undefined
        ? undefined
        : guardMailboxes(makeGraphCalendars(graph), clock),
    directory: makeGraphDirectory(graph, config.directory.cacheMs),
    people: makeGraphPeople(graph),
    rights: makeOrganizerRights(graph, clock),
    pools:
      Object.keys(config.pools.groups).length === 0
        ? undefined
        : {
            members: makePoolMembers(graph, {
              groups: config.pools.groups,
              cacheMs: config.directory.cacheMs,
              clock,
            }),
            counts: makeOrganizerCounts(requestsTable),
            maxMeetingsPerMonth: config.pools.maxMeetingsPerMonth,
          },

    ledger: listingByDay(makeRequestTable(requestsTable), {
      days: makeRequestDays(requestsTable),
      clock,
      log,
    }),
    results: recordingProgress(
      makeResultQueue(resultsQueue, config.results.encoding),
      progress,
      (row) => recountRow(row, { batches, index, completions, progress, clock, log }),
    ),
    messages,
    requests: makeRequestQueue(requestsQueue, messages),
    poison: makePoisonQueue(poisonQueue),
    deadLetters: names.poisonQueues.map((name) => makeDeadLetterQueue(storage.queue(name))),

    batches,
    progress,
    ...makeBatchCache(batches, clock),
    index,
    rows: makeBatchRows(() => storage.container(names.batchesContainer), clock),
    queue: makeBatchQueue(storage.queue(names.batchesQueue)),
    completions,
    finished: makeFinishedBatches(batchesTable),
    callerBatches: makeCallerBatches(batchesTable),
    readCsv,
    freeMemory,
    workbooks: makeWorkbooks(freeMemory),
    readPageFile,
    renderInvitation,

    finishedRequests: makeFinishedRequests(requestsTable, batchesTable, clock),
    oldCounts: makeOldCounts(requestsTable, clock),
    oldMessages: messages,
    measure,
    waitingRequests: () => measure(names.requestsQueue),
    waitingPoison: () => measure(names.poisonQueue),

    callTimeoutMs: timeoutMs,
    allowPast: config.requests.allowPast,
    ifUnknown: config.requests.ifUnknown,
    maxAgeMs: config.requests.maxAgeMs,
    window: config.batches.window,
    capacity: makeCapacity(rowCapacity),
    retentionMs: config.batches.retentionMs,

    /** Creates the queues of the triggers, because the host does not, and requests the first token. */
    prepare: async (): Promise<void> => {
      const queues = names.triggerQueues.map((name) => storage.queue(name).createIfNotExists());
      await Promise.all([...queues, tokens.get()]);
    },
  };
}
