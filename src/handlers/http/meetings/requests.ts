import { MeetingError } from '../../../errors/meeting-error';
import { currentMeeting, type LedgerEntry } from '../../../meetings/ledger';
import type { EndedChange } from '../../../meetings/request-ledger';
import { found, retryRequest } from '../../../meetings/create/retry-request';
import { readMeeting } from '../../../meetings/calls/stored-meetings';
import type { OnlineMeeting } from '../../../requests/online-meeting';
import { answerOutcome, metadataOf, type CreateMeetingDependencies } from './create-meeting';
import { checkQueryNames, flagIn } from '../request-options';
import type { HttpHandler } from '../response';
import type { HttpRequest } from '@azure/functions';

/** `GET /api/requests/{requestId}[?live=true]`: the state of a request, its meeting, and its result. */
export function makeGetRequestHandler(deps: CreateMeetingDependencies): HttpHandler {
  return async (request) => {
    checkQueryNames(request, ['live']);
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
    checkQueryNames(request, ['confirm']);
    const confirmed = flagIn(request, 'confirm');
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
 * The id in the address. The host has decoded everything but a slash, and Power Automate connectors encode twice, so an
 * id may still be encoded. The known one counts.
 * @throws MeetingError `invalidRequest` if several are known: none is changed that may not be meant.
 */
export async function requestIdIn(
  request: HttpRequest,
  ledger: Pick<CreateMeetingDependencies['ledger'], 'read'>,
): Promise<string> {
  const text = request.params['requestId'] ?? '';
  const withSlashes = text.replaceAll(/%2f/gi, '/');
  const decoded = decodeOrKeep(withSlashes);
  const ids = [...new Set([text, withSlashes, decoded])];
  if (ids.length === 1) return text;
  const stored = await Promise.all(ids.map((id) => ledger.read(id)));
  const [known, another] = ids.filter((_, place) => stored[place] !== undefined);
  if (another === undefined) return known ?? decoded;
  throw new MeetingError('invalidRequest', 'More than one request has this address.', {
    target: 'requestId',
    remedy: 'Send the action and the requestId in the body of POST /api/createMeeting.',
  });
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
