import { batchOperations } from './batch-operations';
import { meetingOperations } from './meeting-operations';
import type { Operation } from './operation';
import { requestOperations } from './request-operations';
import { storedMeetingOperations } from './stored-meeting-operations';
import { upkeepOperations } from './operations-endpoints';

/** Every endpoint that is called over HTTP, but the one to the description of them. */
export const operations: readonly Operation[] = [
  ...meetingOperations,
  ...requestOperations,
  ...storedMeetingOperations,
  ...batchOperations,
  ...upkeepOperations,
];
