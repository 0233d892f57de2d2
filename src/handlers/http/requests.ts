import type { StoredEntry } from '../../meetings/ports';
import { findRequest, retryRequest } from '../../meetings/retry-request';
import { answerOutcome, arrivalOf, type CreateMeetingDependencies } from './create-meeting';
import type { HttpHandler } from './response';
import type { HttpRequest } from '@azure/functions';

/** `GET /api/requests/{requestId}`: how far a request has come, and its result once it has one. */
export function makeGetRequestHandler({
  ledger,
}: Pick<CreateMeetingDependencies, 'ledger'>): HttpHandler {
  return async (request) => ({
    jsonBody: describe(await findRequest(ledger, requestIdIn(request))),
  });
}

/** `POST /api/requests/{requestId}/retry[?confirm=true]`: another try for a request that ended without a meeting. */
export function makeRetryRequestHandler(deps: CreateMeetingDependencies): HttpHandler {
  return async (request, context) => {
    const confirmed = request.query.get('confirm') === 'true';
    const outcome = await retryRequest(
      { requestId: requestIdIn(request), confirmed, arrival: arrivalOf(context, deps) },
      deps,
    );
    return answerOutcome(outcome, { request, context, deps });
  };
}

/** The host has decoded everything but a slash. Decoding again would make `50%25` and `50%` one, or fail. */
const requestIdIn = (request: HttpRequest): string =>
  (request.params['requestId'] ?? '').replaceAll(/%2f/gi, '/');

const describe = ({
  entry: { requestId, plan, attempts, acceptedDateTime, progress },
}: StoredEntry): object => ({
  requestId,
  state: progress.state,
  plan,
  attempts,
  acceptedDateTime,
  result: progress.state === 'finished' ? progress.result : null,
});
