import { batchOperations } from './batch-operations';
import { meetingOperations } from './meeting-operations';
import type { Operation } from './operation';
import { requestOperations } from './request-operations';
import { storedMeetingOperations } from './stored-meeting-operations';
import { operationsEndpoints } from './operations-endpoints';

/** Every HTTP endpoint, except the one that returns this description. */
export const operations: readonly Operation[] = [
  ...meetingOperations,
  ...requestOperations,
  ...storedMeetingOperations,
  ...batchOperations,
  ...operationsEndpoints,
];
