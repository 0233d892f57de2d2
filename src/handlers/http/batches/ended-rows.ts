import type { HttpRequest } from '@azure/functions';
import { toJsonRow } from '../../../batches/results/batch-results';
import {
  formatRowPlace,
  parseRowPlace,
  rowEndings,
  rowsSince,
  type RowEnding,
  type RowPlace,
  type RowsSinceDependencies,
} from '../../../batches/results/rows-since';
import { MeetingError } from '../../../errors/meeting-error';
import type { HttpDependencies, HttpHandler } from '../response';

/** `GET /api/results/made?completedAfter=…` and `…/failed…`: rows that ended since, for callers that ask again and again. */
export function makeListResultsHandler(
  deps: HttpDependencies & RowsSinceDependencies,
): HttpHandler {
  return async (request, { invocationId }) => {
    const now = deps.clock.now();
    const question = { since: placeOf(request), outcome: outcomeOf(request), now };
    const { rows, next } = await rowsSince(question, deps);
    return {
      headers: { 'request-id': invocationId, 'Cache-Control': 'no-store' },
      jsonBody: {
        value: rows.map(({ row, batchId }) => toJsonRow(row, batchId)),
        completedAfter: formatRowPlace(next),
      },
    };
  };
}

function placeOf(request: HttpRequest): RowPlace | undefined {
  const given = request.query.get('completedAfter') ?? '';
  if (given === '') return undefined;
  const place = parseRowPlace(given);
  if (place !== undefined) return place;
  throw new MeetingError(
    'invalidRequest',
    'The query parameter completedAfter must be a time such as 2026-12-01T14:30:00Z, or what an answer gave under that name.',
    { target: 'completedAfter' },
  );
}

function outcomeOf(request: HttpRequest): RowEnding {
  const given = request.params['outcome'];
  const outcome = rowEndings.find((each) => each === given);
  if (outcome !== undefined) return outcome;
  throw new MeetingError('invalidRequest', 'There is no such list.', {
    target: 'outcome',
    remedy: `Name one of ${rowEndings.join(' or ')}.`,
  });
}
