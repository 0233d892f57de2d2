import { carryOut } from '../carry-out';
import { isOrderedBy } from '../changes/queued-change';
import { hasMeeting } from '../ledger';
import type { MessageStore, ResultPublisher } from '../ports';
import {
  defer,
  isEndedByCancellation,
  notValid,
  refuseFinally,
  type ProcessDependencies,
} from './process-request';
import { publishRefusal } from './publish-refusal';
import { MeetingError, toMeetingError } from '../../errors/meeting-error';
import type { MeetingRequest } from '../../requests/meeting-request';
import type { MessageMetadata } from '../../requests/message-metadata';
import { parseMeetingRequest } from '../../requests/parse/parse-meeting-request';
import {
  toMessage,
  type QueuedRequest,
  type ReceivedMessage,
} from '../../requests/parse/queue-message';
import type { MeetingResult } from '../../results/meeting-result';
import { fitResult, toAsciiJson } from '../../results/result-message';

/** Maximum size of an original text inside the result, in bytes of the result. */
const maxQuoteLength = 8_000;

export interface PoisonedRequestDependencies extends ProcessDependencies {
  readonly messages: MessageStore;
}

/** The dead message. */
interface PoisonedMessage {
  /** Whether a call to Graph is allowed. Only once, because an attempt may have killed the message by never returning. */
  readonly mayCallGraph: boolean;
  /** The message holds exactly one request. */
  readonly isSingle: boolean;
  /** Metadata of the message, for requests without their own. */
  readonly metadata: MessageMetadata;
}

/**
 * Ends a request of a dead message with a result: from one more attempt, or from the ledger. @throws if the request
 * then has neither a result nor its own message.
 */
export async function processPoisonedRequest(
  queued: QueuedRequest,
  { mayCallGraph, isSingle, metadata: messageMetadata }: PoisonedMessage,
  deps: PoisonedRequestDependencies,
): Promise<void> {
  const { requestId, hasOwnId, input, metadata } = queued;
  const parsed = parseMeetingRequest(input);
  if (!parsed.ok) return publishRefusal(queued, notValid(parsed, metadata, deps), deps);
  if (!hasOwnId) return publishRefusal(queued, withoutId(), deps);
  if (isOrderedBy(messageMetadata, queued)) return publishRefusal(queued, withoutOrder(), deps);
  // A list of meetings could take longer than the host's function timeout.
  if (!isSingle) return deps.requests.send(toMessage(input as object, requestId, metadata));
  const request = { ...parsed.request, requestId };
  if (await isEndedByCancellation(request, metadata, deps)) return;
  try {
    if (mayCallGraph) await tryOnceMore(queued, request, deps);
    else await endFromLedger(queued, request, deps);
  } catch (thrown) {
    const error = toMeetingError(thrown);
    if (error.retryable || error.code === 'internalError') throw error;
    await refuseFinally(queued, request, { error, deps });
  }
}

/** A throttled attempt means that the request itself is healthy, so it goes back to the regular queue. */
async function tryOnceMore(
  queued: QueuedRequest,
  request: MeetingRequest,
  deps: PoisonedRequestDependencies,
): Promise<void> {
  try {
    await carryOut(request, queued.metadata, deps);
  } catch (thrown) {
    const error = toMeetingError(thrown);
    if (error.code === 'internalError') return endFromLedger(queued, request, deps);
    if (!error.retryable || error.code === 'storageUnavailable') throw error;
    await defer(queued, error, deps);
  }
}

/** Ends a request without calling Graph: the ledger shows whether there may be a meeting. */
async function endFromLedger(
  { metadata }: QueuedRequest,
  request: MeetingRequest,
  deps: PoisonedRequestDependencies,
): Promise<void> {
  await carryOut(request, metadata, {
    ...deps,
    provider: noCalls,
    directory: noCalls,
    calendars: noCalls,
    pools: noPools,
  });
}

/** The same dependencies, but results without a meeting include the original message. */
export async function quoting(
  { bytes }: ReceivedMessage,
  deps: PoisonedRequestDependencies,
): Promise<PoisonedRequestDependencies> {
  const text = withoutRowToken(Buffer.from(bytes).toString('utf8'));
  const isShort = toAsciiJson(text).length <= maxQuoteLength;
  const original = isShort ? { text } : { blob: await deps.messages.save(text) };
  return { ...deps, results: withOriginal(deps.results, original) };
}

/** Removes the row token: readers of results must not be able to send rows. */
const withoutRowToken = (text: string): string =>
  text.replaceAll(/"rowToken":"[^"]*"/g, '"rowToken":"***"');

const withOriginal = (
  results: ResultPublisher,
  original: NonNullable<MeetingResult['original']>,
): ResultPublisher => ({
  publish: (result) =>
    results.publish(hasMeeting(result.status) ? result : fitResult({ ...result, original })),
});

/** Its id came from a message that no longer exists, so another attempt could create a second meeting. */
const withoutId = (): MeetingError =>
  new MeetingError(
    'outcomeUnknown',
    'The request has no requestId, so it is unknown whether an earlier attempt created its meeting.',
    {
      executed: 'unknown',
      remedy: 'Request the meeting under a requestId. At worst, one meeting is left unused.',
    },
  );

/** Its time came from a message that no longer exists, so it could undo a later change. */
const withoutOrder = (): MeetingError =>
  new MeetingError(
    'processingFailed',
    'The change has no revision, so it is unknown whether a newer change has been made since.',
    { remedy: 'Get the request to see its meeting. Send the change again if you still want it.' },
  );

/** Returns the error of a request whose message has died. */
export const processingFailed = (): MeetingError =>
  new MeetingError(
    'processingFailed',
    'The request could not be processed after repeated attempts.',
  );

const refuseCall = (): Promise<never> => Promise.reject(processingFailed());
const noCalls = {
  create: refuseCall,
  createOrGet: refuseCall,
  get: refuseCall,
  find: refuseCall,
  delete: refuseCall,
  update: refuseCall,
  findUserId: refuseCall,
  createEvent: refuseCall,
  findEvent: refuseCall,
  getEvent: refuseCall,
  updateEvent: refuseCall,
  cancelEvent: refuseCall,
  deleteEvent: refuseCall,
};
const noPools = {
  members: { names: [], list: refuseCall },
  counts: { read: refuseCall, add: refuseCall },
  maxMeetingsPerMonth: 0,
};
