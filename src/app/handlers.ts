import { resumeStalledBatches } from '../batches/run/resume-stalled-batches';
import type { Config } from '../config/config';
import { triggerQueues } from '../config/resource-names';
import { makeGetBatchResultsHandler } from '../handlers/http/batch-results';
import {
  makeCancelBatchHandler,
  makeGetBatchHandler,
  makeSubmitBatchHandler,
} from '../handlers/http/batches';
import { makeCreateMeetingHandler } from '../handlers/http/create-meeting';
import { makeListFinishedBatchesHandler } from '../handlers/http/finished-batches';
import { healthHandler } from '../handlers/http/health';
import {
  makeCreateMyOnlineMeetingHandler,
  makeCreateOnlineMeetingHandler,
  makeCreateOrGetOnlineMeetingHandler,
} from '../handlers/http/online-meetings';
import { makeGetRequestHandler, makeRetryRequestHandler } from '../handlers/http/requests';
import { requiringMeetingsRole } from '../handlers/http/sign-in';
import { makeGetTemplateHandler } from '../handlers/http/template';
import { makeMeasureQueuesHandler } from '../handlers/queue/measure-queues';
import { makeProcessMeetingRequestHandler } from '../handlers/queue/process-meeting-request';
import { makeProcessPoisonRequestHandler } from '../handlers/queue/process-poison-request';
import { makeRequeueDeadBatchHandler, makeRunBatchHandler } from '../handlers/queue/run-batch';
import { cleanUp } from '../retention/clean-up';
import type { Dependencies } from './dependencies';

/** One handler for each function, under its name. */
export type Handlers = ReturnType<typeof makeHandlers>;

/** Gives each handler what it needs, and adds the role check to those that act for other people. */
export function makeHandlers(config: Config, deps: Dependencies) {
  const requireMeetingsRole = requiringMeetingsRole(config.signIn);
  return {
    createMeeting: requireMeetingsRole(makeCreateMeetingHandler(deps)),
    getRequest: requireMeetingsRole(makeGetRequestHandler(deps)),
    retryRequest: requireMeetingsRole(makeRetryRequestHandler(deps)),

    createOnlineMeeting: requireMeetingsRole(makeCreateOnlineMeetingHandler(deps)),
    createOrGetOnlineMeeting: requireMeetingsRole(makeCreateOrGetOnlineMeetingHandler(deps)),
    createMyOnlineMeeting: makeCreateMyOnlineMeetingHandler(deps, config.signIn),

    submitBatch: requireMeetingsRole(makeSubmitBatchHandler(deps)),
    listFinishedBatches: requireMeetingsRole(makeListFinishedBatchesHandler(deps)),
    getBatch: requireMeetingsRole(makeGetBatchHandler(deps, 'key')),
    getBatchByToken: makeGetBatchHandler(deps, 'token'),
    getBatchResults: requireMeetingsRole(makeGetBatchResultsHandler(deps, 'key')),
    getBatchResultsByToken: makeGetBatchResultsHandler(deps, 'token'),
    cancelBatch: requireMeetingsRole(makeCancelBatchHandler(deps)),

    getTemplate: makeGetTemplateHandler(deps),

    health: healthHandler,

    processMeetingRequest: makeProcessMeetingRequestHandler(deps),
    processPoisonRequest: makeProcessPoisonRequestHandler(deps),
    runBatch: makeRunBatchHandler(deps),
    requeueDeadBatch: makeRequeueDeadBatchHandler(deps),

    resumeStalledBatches: () => resumeStalledBatches(deps),
    cleanUp: () => cleanUp(deps),
    measureQueues: makeMeasureQueuesHandler({ ...deps, queues: triggerQueues }),
  };
}
