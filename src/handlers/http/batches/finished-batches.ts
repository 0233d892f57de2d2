import { statusOf } from '../../../batches/results/batch-status';
import {
  finishedSince,
  formatPlace,
  parsePlace,
  type FinishedBatches,
} from '../../../batches/results/finished-batches';
import { MeetingError } from '../../../errors/meeting-error';
import { urlsOf, type ReadDependencies } from './batch-status';
import type { HttpHandler } from '../response';

export type FinishedDependencies = ReadDependencies & { readonly finished: FinishedBatches };

/** `GET /api/batches?completedAfter=…`: what was finished since, for callers that ask again and again. */
export function makeListFinishedBatchesHandler(deps: FinishedDependencies): HttpHandler {
  return async (request, context) => {
    const given = request.query.get('completedAfter') ?? '';
    const since = given === '' ? undefined : parsePlace(given);
    if (given !== '' && since === undefined) throw wrongPlace();
    const now = deps.clock.now();
    const { batches, next } = await finishedSince(since, now, deps);
    const value = batches.map((batch) => {
      const { status, results } = urlsOf(request, batch.batchId, undefined);
      return { ...statusOf(batch, new Map(), now), statusUrl: status, resultsUrl: results };
    });
    return {
      headers: { 'request-id': context.invocationId, 'Cache-Control': 'no-store' },
      jsonBody: { value, completedAfter: formatPlace(next) },
    };
  };
}

const wrongPlace = (): MeetingError =>
  new MeetingError(
    'invalidRequest',
    'The query parameter completedAfter must be a time such as 2026-12-01T14:30:00Z, or what an answer gave under that name.',
    { target: 'completedAfter' },
  );
