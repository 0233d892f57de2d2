/** Names of queues, tables and containers in the app's storage account; `infra` creates the same ones. */
export const requestsQueue = 'meeting-requests';
export const poisonQueue = 'meeting-requests-poison';
export const resultsQueue = 'meeting-results';
export const batchesQueue = 'meeting-batches';
export const batchesPoisonQueue = 'meeting-batches-poison';
export const poisonQueues: readonly string[] = [poisonQueue, batchesPoisonQueue];
/** The queues that triggers read. */
export const triggerQueues: readonly string[] = [
  requestsQueue,
  poisonQueue,
  batchesQueue,
  batchesPoisonQueue,
];
export const requestsTable = 'MeetingRequests';
export const batchesTable = 'MeetingBatches';
export const batchesContainer = 'meeting-batches';
/** Request messages that are too large for a queue. */
export const messagesContainer = 'meeting-messages';
