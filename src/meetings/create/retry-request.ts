import { runAttempt } from './run-attempt';
import { lookUpOrganizer } from './create-meeting';
import type { MeetingDependencies } from '../dependencies';
import type { Outcome } from '../outcome';
import { hasMeeting } from '../ledger';
import { requestCancelled } from './record-outcome';
import { pastMeetingError } from '../../requests/past-meeting';
import type { RequestLedger, StoredEntry } from '../request-ledger';
import { MeetingError } from '../../errors/meeting-error';
import type { MeetingRequest } from '../../requests/meeting-request';
import type { MessageMetadata } from '../../requests/message-metadata';
import type { MeetingResult } from '../../results/meeting-result';

/** A request to be tried again. `metadata` is that of the new attempt. */
interface RetryRequest {
  readonly requestId: string;
  /** The caller accepts that retrying an unknown request may make a second meeting. */
  readonly confirmed: boolean;
  readonly metadata: MessageMetadata;
}

/** @throws MeetingError `requestNotFound`. */
export const findRequest = async (
  ledger: Pick<RequestLedger, 'read'>,
  requestId: string,
): Promise<StoredEntry> => found(await ledger.read(requestId));

/** @throws MeetingError `requestNotFound`. */
export function found(stored: StoredEntry | undefined): StoredEntry {
  if (stored !== undefined) return stored;
  throw new MeetingError('requestNotFound', 'There is no request with this requestId.', {
    target: 'requestId',
  });
}

/**
 * Retries a request that ended without a meeting; if it has a meeting, returns its result. A batch row stays a batch
 * row, so the batch gets the new result too. Always ends with a result, because nothing would continue the request.
 * @throws MeetingError `requestNotFound`, `requestCancelled`, `confirmationNeeded` or `requestInProgress`.
 */
export async function retryRequest(
  { requestId, confirmed, metadata }: RetryRequest,
  deps: MeetingDependencies,
): Promise<Outcome> {
  const stored = await findRequest(deps.ledger, requestId);
  const { request, progress, organizerId } = stored.entry;
  const recorded = progress.state === 'finished' ? progress.result : undefined;
  if (stored.entry.isCancelled === true) throw requestCancelled();
  if (recorded !== undefined && hasMeeting(recorded.status)) {
    // The first publication may have failed.
    if (recorded.batchId !== undefined) await deps.results.publish(recorded);
    return { result: recorded, repeated: true };
  }
  if (needsConfirmation(stored) && !confirmed) throw confirmationNeeded();
  if (request === undefined) throw notKept();
  refusePast(request, metadata, deps);
  const organizer =
    organizerId === undefined ? await lookUpOrganizer(request, deps) : { id: organizerId };
  const attempt = {
    request: { ...request, requestId },
    organizer,
    metadata: { ...metadata, ...batchRowOf(stored.entry, recorded), isLastAttempt: true },
    deps,
  };
  return runAttempt(attempt, { stored, step: { kind: 'retried' } });
}

function refusePast(
  { meeting }: MeetingRequest,
  { acceptedDateTime }: MessageMetadata,
  { allowPast }: MeetingDependencies,
): void {
  const error = allowPast ? undefined : pastMeetingError(meeting, acceptedDateTime);
  if (error !== undefined) throw error;
}

/** In rows written by an earlier version, only the result names the batch. */
const batchRowOf = (
  { batchRow }: StoredEntry['entry'],
  recorded: MeetingResult | undefined,
): Pick<MessageMetadata, 'batchId' | 'index'> =>
  batchRow ?? {
    ...(recorded?.batchId !== undefined && { batchId: recorded.batchId }),
    ...(recorded?.index !== undefined && { index: recorded.index }),
  };

/** Only `createOnce` may have made a meeting that a second try would not find. */
const needsConfirmation = ({ entry: { plan, progress } }: StoredEntry): boolean =>
  plan === 'createOnce' && progress.state === 'finished' && progress.result.status === 'unknown';

const confirmationNeeded = (): MeetingError =>
  new MeetingError(
    'confirmationNeeded',
    'It is unknown whether this request created its meeting. A retry can create a second one.',
    { target: 'confirm' },
  );

const notKept = (): MeetingError =>
  new MeetingError(
    'requestNotFound',
    'The request is too large to be stored, so it cannot be retried here.',
    { remedy: 'Send the whole request again, under a new requestId.' },
  );
