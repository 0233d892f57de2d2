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
    jsonBody: describe(await findRequest(ledger, await requestIdIn(request, ledger))),
  });
}

/** `POST /api/requests/{requestId}/retry[?confirm=true]`: retries a request that ended without a meeting. */
export function makeRetryRequestHandler(deps: CreateMeetingDependencies): HttpHandler {
  return async (request, context) => {
    const confirmed = request.query.get('confirm') === 'true';
    const outcome = await retryRequest(
      {
        requestId: await requestIdIn(request, deps.ledger),
        confirmed,
        metadata: metadataOf(context, deps),
      },
      deps,
    );
    return answerOutcome(outcome, { request, context, deps });
  };
}

/**
 * The id in the address. The host has decoded everything but a slash. Connectors of Power Automate encode twice, so what is
 * not known as it stands may still be encoded; an id that is known is never taken for another one.
 */
export async function requestIdIn(
  request: HttpRequest,
  ledger: Pick<CreateMeetingDependencies['ledger'], 'read'>,
): Promise<string> {
  const text = (request.params['requestId'] ?? '').replaceAll(/%2f/gi, '/');
  const decoded = decodeOrKeep(text);
  return decoded === text || (await ledger.read(text)) !== undefined ? text : decoded;
}

function decodeOrKeep(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
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
