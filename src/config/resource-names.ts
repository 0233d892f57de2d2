/** Names of queues, tables and containers in the app's storage account; `infra` creates the same ones. */
export const requestsQueue = 'meeting-requests';
/** Dead messages of the requests queue. The host chooses the suffix. */
export const poisonQueue = 'meeting-requests-poison';
/** Results of requests, and ends of batches. The app only writes to it. */
export const resultsQueue = 'meeting-results';
/** Work for batches: see `BatchMessage`. */
export const batchesQueue = 'meeting-batches';
/** Dead messages of the batches queue. */
export const batchesPoisonQueue = 'meeting-batches-poison';
/** The queues of dead messages. */
export const poisonQueues: readonly string[] = [poisonQueue, batchesPoisonQueue];
/** The queues that triggers read. */
export const triggerQueues: readonly string[] = [
  requestsQueue,
  poisonQueue,
  batchesQueue,
  batchesPoisonQueue,
];
/** The ledger of requests, and the numbers of meetings by organizer. */
export const requestsTable = 'MeetingRequests';
/** Batches, the results of their rows, and lists of batches. */
export const batchesTable = 'MeetingBatches';
/** Rows and workbooks of batches. */
export const batchesContainer = 'meeting-batches';
/** Request messages that are too large for a queue. */
export const messagesContainer = 'meeting-messages';
