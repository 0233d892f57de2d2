import { createMeeting, type MeetingDependencies, type Outcome } from './create-meeting';
import { MeetingError } from '../errors/meeting-error';
import { decide, inDoubt } from './ledger';
import type { RequestLedger, StoredEntry } from './ports';
import type { Arrival } from '../results/meeting-result';

export interface RetryRequest {
  readonly requestId: string;
  /** The person accepts that an unknown request may end with a second meeting. */
  readonly confirmed: boolean;
  readonly arrival: Arrival;
}

/** @throws MeetingError `requestNotFound`. */
export async function findRequest(ledger: RequestLedger, requestId: string): Promise<StoredEntry> {
  const stored = await ledger.read(requestId);
  if (stored !== undefined) return stored;
  throw new MeetingError('requestNotFound', 'There is no request with this requestId.', {
    target: 'requestId',
  });
}

/**
 * Tries a request again that ended without a meeting; a request that has its meeting gives its result.
 * @throws MeetingError `requestNotFound`, `confirmationNeeded`, `requestInProgress`, or as `createMeeting`.
 */
export async function retryRequest(
  retry: RetryRequest,
  deps: MeetingDependencies,
): Promise<Outcome> {
  const stored = await findRequest(deps.ledger, retry.requestId);
  const { entry } = stored;
  if (needsConfirmation(stored) && !retry.confirmed) throw confirmationNeeded();
  if (entry.progress.state === 'finished') {
    const decision = decide(entry, { kind: 'retried' }, deps.clock.now().getTime());
    if (decision.kind === 'replay') return { result: decision.result, repeated: true };
    const open = entry.progress.result.status === 'unknown' ? inDoubt(entry) : entry;
    await deps.ledger.replace(stored.etag, { ...open, progress: { state: 'waiting' } });
  }
  if (entry.request === undefined) throw notKept();
  return createMeeting(
    entry.request,
    { ...retry.arrival, acceptedDateTime: entry.acceptedDateTime },
    deps,
  );
}

/** Only a createOnce can have made a meeting that a second try would not find again. */
const needsConfirmation = ({ entry: { plan, progress } }: StoredEntry): boolean =>
  plan === 'createOnce' && progress.state === 'finished' && progress.result.status === 'unknown';

const confirmationNeeded = (): MeetingError =>
  new MeetingError(
    'confirmationNeeded',
    'Nobody knows whether this request made its meeting. Another try can make a second one, which stays beside the first.',
    { target: 'confirm' },
  );

const notKept = (): MeetingError =>
  new MeetingError(
    'requestNotFound',
    'The request is too large to be kept, so it cannot be tried again from here.',
    {
      remedy: 'Send the request again as a whole; its requestId is open for another try now.',
    },
  );
