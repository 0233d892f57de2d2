import type { Config } from '../config/config';
import {
  makeCancelPageBatchHandler,
  makeGetPageBatchHandler,
  makeGetPageBatchResultsHandler,
  makeGetPageCallerHandler,
  makeListPageBatchesHandler,
  makeRetryPageBatchHandler,
  makeSubmitPageBatchHandler,
  type PageDependencies,
} from '../handlers/http/page/page-batches';
import { pageCaller } from '../handlers/http/page/page-caller';
import { makePageFileHandlers } from '../handlers/http/page/page-files';

/** Builds the handlers behind `/api/app`. Except for the files of the page, each needs a signed-in user. */
export function makePageHandlers(deps: PageDependencies, signIn: Config['signIn']) {
  const find = pageCaller(signIn);
  return {
    ...makePageFileHandlers(deps.readPageFile),
    getPageCaller: makeGetPageCallerHandler(find, deps),
    submitPageBatch: makeSubmitPageBatchHandler(find, deps),
    listPageBatches: makeListPageBatchesHandler(find, deps),
    getPageBatch: makeGetPageBatchHandler(find, deps),
    getPageBatchResults: makeGetPageBatchResultsHandler(find, deps),
    cancelPageBatch: makeCancelPageBatchHandler(find, deps),
    retryPageBatch: makeRetryPageBatchHandler(find, deps),
  };
}
