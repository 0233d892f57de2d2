import {
  promptBatches,
  promptFinished,
  promptIndex,
  promptLedger,
} from '../adapters/storage/prompt';
import { resumeStalledBatches } from '../batches/run/resume-stalled-batches';
import type { Config } from '../config/config';
import { processRow } from '../meetings/messages/process-row';
import { triggerQueues } from '../config/resource-names';
import { makeGetBatchResultsHandler } from '../handlers/http/batches/batch-results';
import {
  makeCancelBatchHandler,
  makeGetBatchHandler,
  makePreviewBatchHandler,
  makeRetryBatchHandler,
  makeSubmitBatchHandler,
} from '../handlers/http/batches/batches';
import {
  makeCancelRequestHandler,
  makeUpdateRequestHandler,
} from '../handlers/http/meetings/change-request';
import { makeCreateMeetingHandler } from '../handlers/http/meetings/create-meeting';
import { makeListFinishedBatchesHandler } from '../handlers/http/batches/finished-batches';
import { healthHandler } from '../handlers/http/health';
import {
  makeCreateMyOnlineMeetingHandler,
  makeCreateOnlineMeetingHandler,
  makeCreateOrGetMyOnlineMeetingHandler,
  makeCreateOrGetOnlineMeetingHandler,
} from '../handlers/http/meetings/online-meetings';
import {
  makeDeleteOnlineMeetingHandler,
  makeFindOnlineMeetingsHandler,
  makeGetOnlineMeetingHandler,
  makeUpdateOnlineMeetingHandler,
  signedInOrganizer,
} from '../handlers/http/meetings/stored-online-meetings';
import { organizerInAddress } from '../handlers/http/meetings/graph-address';
import { makeGetInvitationHandler } from '../handlers/http/meetings/invitation';
import { previewing } from '../handlers/http/meetings/preview-meeting';
import { makeGetRequestHandler, makeRetryRequestHandler } from '../handlers/http/meetings/requests';
import { makeRedriveHandler } from '../handlers/http/redrive';
import { requiringMeetingsRole } from '../handlers/http/sign-in';
import { makeListResultsHandler } from '../handlers/http/batches/list-results';
import { makeGetTemplateHandler } from '../handlers/http/batches/template';
import { makeListChoicesHandler } from '../handlers/http/choices';
import { makeMeasureQueuesHandler } from '../handlers/queue/measure-queues';
import { makeProcessMeetingRequestHandler } from '../handlers/queue/process-meeting-request';
import { makeProcessPoisonRequestHandler } from '../handlers/queue/process-poison-request';
import { makeRequeueDeadBatchHandler } from '../handlers/queue/requeue-dead-batch';
import { makeRunBatchHandler } from '../handlers/queue/run-batch';
import { cleanUp } from '../retention/clean-up';
import type { Dependencies } from './dependencies';
import { makeMcpHandler } from './mcp';
import { makePageHandler } from './page';

/** One handler for each function, under its name. */
export type Handlers = ReturnType<typeof makeHandlers>;

/** Builds each handler with its dependencies, and adds the role check to those that act for other people. */
export function makeHandlers(config: Config, deps: Dependencies) {
  const requireMeetingsRole = requiringMeetingsRole(config.signIn);
  const me = signedInOrganizer(config.signIn);
  // For callers who wait.
  const prompt = {
    ...deps,
    ledger: promptLedger(deps.ledger),
    batches: promptBatches(deps.batches),
    index: promptIndex(deps.index),
    finished: promptFinished(deps.finished),
  };
  const page = makePageHandler(prompt, config.signIn);
  const handlers = {
    createMeeting: requireMeetingsRole(previewing(makeCreateMeetingHandler(prompt), prompt)),
    getRequest: requireMeetingsRole(makeGetRequestHandler(prompt)),
    getInvitation: requireMeetingsRole(makeGetInvitationHandler(prompt)),
    updateRequest: requireMeetingsRole(makeUpdateRequestHandler(prompt)),
    cancelRequest: requireMeetingsRole(makeCancelRequestHandler(prompt)),
    retryRequest: requireMeetingsRole(makeRetryRequestHandler(prompt)),

    createOnlineMeeting: requireMeetingsRole(makeCreateOnlineMeetingHandler(prompt)),
    createOrGetOnlineMeeting: requireMeetingsRole(makeCreateOrGetOnlineMeetingHandler(prompt)),
    createMyOnlineMeeting: makeCreateMyOnlineMeetingHandler(prompt, config.signIn),
    createOrGetMyOnlineMeeting: makeCreateOrGetMyOnlineMeetingHandler(prompt, config.signIn),

    getOnlineMeeting: requireMeetingsRole(makeGetOnlineMeetingHandler(organizerInAddress, deps)),
    findOnlineMeetings: requireMeetingsRole(
      makeFindOnlineMeetingsHandler(organizerInAddress, deps),
    ),
    updateOnlineMeeting: requireMeetingsRole(
      makeUpdateOnlineMeetingHandler(organizerInAddress, deps),
    ),
    deleteOnlineMeeting: requireMeetingsRole(
      makeDeleteOnlineMeetingHandler(organizerInAddress, deps),
    ),
    getMyOnlineMeeting: makeGetOnlineMeetingHandler(me, deps),
    findMyOnlineMeetings: makeFindOnlineMeetingsHandler(me, deps),
    updateMyOnlineMeeting: makeUpdateOnlineMeetingHandler(me, deps),
    deleteMyOnlineMeeting: makeDeleteOnlineMeetingHandler(me, deps),

    submitBatch: requireMeetingsRole(makeSubmitBatchHandler(prompt)),
    previewBatch: requireMeetingsRole(makePreviewBatchHandler(prompt)),
    listFinishedBatches: requireMeetingsRole(makeListFinishedBatchesHandler(prompt)),
    listResults: requireMeetingsRole(makeListResultsHandler(prompt)),
    getBatch: requireMeetingsRole(makeGetBatchHandler(prompt, 'key')),
    getBatchByToken: makeGetBatchHandler(prompt, 'token'),
    getBatchResults: requireMeetingsRole(makeGetBatchResultsHandler(prompt, 'key')),
    getBatchResultsByToken: makeGetBatchResultsHandler(prompt, 'token'),
    cancelBatch: requireMeetingsRole(makeCancelBatchHandler(prompt)),
    retryBatch: requireMeetingsRole(makeRetryBatchHandler(prompt)),

    getTemplate: makeGetTemplateHandler(deps),
    listChoices: requireMeetingsRole(makeListChoicesHandler(prompt)),

    getPage: page('getPage'),
    getPageFile: page('getPageFile'),
    getPageCaller: page('getPageCaller'),
    submitPageBatch: page('submitPageBatch'),
    listPageBatches: page('listPageBatches'),
    getPageBatch: page('getPageBatch'),
    getPageBatchResults: page('getPageBatchResults'),
    cancelPageBatch: page('cancelPageBatch'),
    retryPageBatch: page('retryPageBatch'),

    health: healthHandler,
    redrive: makeRedriveHandler(deps),

    processMeetingRequest: makeProcessMeetingRequestHandler(deps),
    processPoisonRequest: makeProcessPoisonRequestHandler(deps),
    runBatch: makeRunBatchHandler({
      ...deps,
      processRow: (message) => processRow(message, deps),
    }),
    requeueDeadBatch: makeRequeueDeadBatchHandler(deps),

    resumeStalledBatches: () => resumeStalledBatches(deps),
    cleanUp: () => cleanUp(deps),
    measureQueues: makeMeasureQueuesHandler({ ...deps, queues: triggerQueues }),
  };
  return { ...handlers, mcp: requireMeetingsRole(makeMcpHandler(handlers, deps)) };
}
