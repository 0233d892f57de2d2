import type { HttpRequest } from '@azure/functions';
import { toJsonRow } from '../../../batches/results/batch-results';
import {
  formatRowPlace,
  parseRowPlace,
  rowEndings,
  rowsSince,
  type RowEnding,
  type RowsSinceDependencies,
} from '../../../batches/results/rows-since';
import { MeetingError } from '../../../errors/meeting-error';
import { checkQueryNames, completedAfterIn } from '../request-options';
import type { HttpDependencies, HttpHandler } from '../response';

/** `GET /api/results/made?completedAfter=…` and `…/failed…`: rows that ended since then, for callers that poll. */
export function makeListResultsHandler(
  deps: HttpDependencies & RowsSinceDependencies,
): HttpHandler {
  return async (request) => {
    checkQueryNames(request, ['completedAfter']);
    const since = completedAfterIn(request, parseRowPlace);
    const question = { since, outcome: outcomeOf(request), now: deps.clock.now() };
    const { rows, next } = await rowsSince(question, deps);
    const value = rows.map(({ row, batchId }) => toJsonRow(row, batchId));
    return { jsonBody: { value, completedAfter: formatRowPlace(next) } };
  };
}

function outcomeOf(request: HttpRequest): RowEnding {
  const given = request.params['outcome'];
  const outcome = rowEndings.find((each) => each === given);
  if (outcome !== undefined) return outcome;
  throw new MeetingError('invalidRequest', 'This list does not exist.', {
    target: 'outcome',
    remedy: `Use ${rowEndings.join(' or ')}.`,
  });
}
