import { statusOf } from '../../../batches/results/batch-status';
import {
  finishedSince,
  formatPlace,
  parsePlace,
  type FinishedBatches,
} from '../../../batches/results/finished-batches';
import { urlsOf, type ReadDependencies } from './batch-status';
import { checkQueryNames, completedAfterIn } from '../request-options';
import type { HttpHandler } from '../response';

type FinishedDependencies = ReadDependencies & { readonly finished: FinishedBatches };

/** `GET /api/batches?completedAfter=…`: batches finished since then, for callers that poll. */
export function makeListFinishedBatchesHandler(deps: FinishedDependencies): HttpHandler {
  return async (request) => {
    checkQueryNames(request, ['completedAfter']);
    const since = completedAfterIn(request, parsePlace);
    const now = deps.clock.now();
    const { batches, next } = await finishedSince(since, now, deps);
    const value = batches.map((batch) => {
      const { status, results } = urlsOf(request, batch.batchId, undefined);
      return { ...statusOf(batch, new Map(), now), statusUrl: status, resultsUrl: results };
    });
    return { jsonBody: { value, completedAfter: formatPlace(next) } };
  };
}
