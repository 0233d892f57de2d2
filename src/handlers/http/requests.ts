import { MeetingError } from '../../errors/meeting-error';
import type { StoredEntry } from '../../meetings/ports';
import { findRequest, retryRequest } from '../../meetings/retry-request';
import { answerOutcome, metadataOf, type CreateMeetingDependencies } from './create-meeting';
import type { HttpHandler } from './response';
import type { HttpRequest } from '@azure/functions';

/** `GET /api/requests/{requestId}`: the state of a request, and its result once there is one. */
export function makeGetRequestHandler({
  ledger,
}: Pick<CreateMeetingDependencies, 'ledger'>): HttpHandler {
  return async (request) => ({
    jsonBody: describe(await findRequest(ledger, requestIdIn(request))),
  });
}

/** `POST /api/requests/{requestId}/retry[?confirm=true]`: retries a request that ended without a meeting. */
export function makeRetryRequestHandler(deps: CreateMeetingDependencies): HttpHandler {
  return async (request, context) => {
    const confirmed = request.query.get('confirm') === 'true';
    const outcome = await retryRequest(
      { requestId: requestIdIn(request), confirmed, metadata: metadataOf(context, deps) },
      deps,
    );
    return answerOutcome(outcome, { request, context, deps });
  };
}

/** ASP.NET does not decode an encoded slash. */
function requestIdIn(request: HttpRequest): string {
  const text = request.params['requestId'] ?? '';
  try {
    return decodeURIComponent(text);
  } catch {
    throw new MeetingError('invalidRequest', 'The requestId in the address is not well encoded.', {
      target: 'requestId',
    });
  }
}

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
