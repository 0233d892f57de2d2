import { currentMeeting, type LedgerEntry } from '../../../meetings/ledger';
import type { EndedChange } from '../../../meetings/ports';
import { found, retryRequest } from '../../../meetings/retry-request';
import { readMeeting } from '../../../meetings/calls/stored-meetings';
import type { OnlineMeeting } from '../../../requests/online-meeting';
import { answerOutcome, metadataOf, type CreateMeetingDependencies } from './create-meeting';
import { flagIn } from '../request-options';
import type { HttpHandler } from '../response';
import type { HttpRequest } from '@azure/functions';

/** `GET /api/requests/{requestId}[?live=true]`: the state of a request, its meeting, and its result. */
export function makeGetRequestHandler(deps: CreateMeetingDependencies): HttpHandler {
  return async (request) => {
    const { ledger } = deps;
    const requestId = await requestIdIn(request, ledger);
    const { stored, changes } = await ledger.readWithChanges(requestId);
    const { entry } = found(stored);
    const meeting = currentMeeting(entry);
    const isLive = flagIn(request, 'live') && meeting !== null;
    return {
      jsonBody: {
        ...describe(entry),
        meeting: isLive ? await liveMeeting(entry, meeting, deps) : meeting,
        changes: changes.map(describeChange),
      },
    };
  };
}

/** The current meeting in Graph, because people also change meetings in Teams. @throws MeetingError as `readMeeting`. */
const liveMeeting = (
  { requestId, organizerId, fingerprint }: LedgerEntry,
  { id }: OnlineMeeting,
  deps: CreateMeetingDependencies,
): Promise<OnlineMeeting> => {
  const deadline = deps.clock.now().getTime() + 2 * deps.callTimeoutMs;
  const organizer = organizerId ?? fingerprint.organizer;
  return readMeeting({ organizer, meetingId: id ?? '', options: { deadline, requestId } }, deps);
};

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
    return answerOutcome(outcome, { request, context, clock: deps.clock });
  };
}

/**
 * The id in the address. The host has decoded everything but a slash. Power Automate connectors encode twice, so an
 * unknown id may still be encoded. A known id is never decoded further.
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
  requestId,
  plan,
  attempts,
  acceptedDateTime,
  progress,
  revision,
  isCancelled,
}: LedgerEntry): object => ({
  requestId,
  state: isCancelled === true ? 'cancelled' : progress.state,
  plan,
  attempts,
  acceptedDateTime,
  ...(revision !== undefined && { revision }),
  result: progress.state === 'finished' ? progress.result : null,
});

const describeChange = ({ action, result }: EndedChange): object => ({
  action,
  revision: result.revision,
  status: result.status,
  error: result.error,
  acceptedDateTime: result.acceptedDateTime,
  completedDateTime: result.completedDateTime,
});
