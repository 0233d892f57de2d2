import type { InvocationContext } from '@azure/functions';
import { withSpan } from '../../telemetry/tracing';
import { cancelledError } from '../../batches/run/failed-row';
import { invalidRequest } from '../http/body';
import { createMeeting, type MeetingDependencies } from '../../meetings/create-meeting';
import { MeetingError, toErrorBody } from '../../errors/meeting-error';
import type { Clock, MessageStore, RequestSender } from '../../meetings/ports';
import { isAbsent, isRecord } from '../../requests/readers/scalar';
import { refusePastMeeting } from '../../meetings/refuse-past-meeting';
import { parseMeetingRequest, requestIdOf } from '../../requests/parse-meeting-request';
import {
  decodeMessage,
  requestsIn,
  storedNameIn,
  toMessage,
  type MessageOrigin,
  type QueuedRequest,
} from '../../requests/queue-message';
import { resultOrigin, type Delivery, type MeetingResult } from '../../results/meeting-result';
import { fitResult } from '../../results/result-message';

export interface ProcessDependencies extends MeetingDependencies {
  readonly requests: RequestSender;
  readonly messages: MessageStore;
  /** How long a request is put back before it fails, in milliseconds. */
  readonly maxAgeMs: number;
  readonly isCancelled: (batchId: string) => Promise<boolean>;
}

export type QueueHandler = (message: unknown, context: InvocationContext) => Promise<void>;

/** First and longest delay of a request that is put back without Graph saying how long, in milliseconds. */
const firstDelayMs = 5_000;
const maxDelayMs = 10 * 60_000;

/**
 * A message of the requests queue. Ends normally once every request in it has its result or is on the queue again;
 * throws only when storage is out of reach, so that the host delivers the message again.
 */
export function makeProcessMeetingRequestHandler(deps: ProcessDependencies): QueueHandler {
  return async (message, context) => {
    const origin = originOf(context, deps.clock);
    let requests: readonly QueuedRequest[];
    try {
      requests = await readRequests(message, origin, deps.messages);
    } catch (thrown) {
      return refuse(unreadable(origin), asInvalid(thrown), { deps });
    }
    const [only] = requests;
    const alone = only !== undefined && requests.length === 1;
    if (alone && !losesItsName(only, context)) await processOne(only, deps);
    else await fanOut(requests, deps);
  };
}

/**
 * A request without a requestId is known by the id of its message, and that changes when the host gives the message up
 * and moves it to the poison queue. So a message that failed once already gets its name in writing.
 */
function losesItsName({ input }: QueuedRequest, { triggerMetadata }: InvocationContext): boolean {
  const deliveries = triggerMetadata?.['dequeueCount'];
  return typeof deliveries === 'number' && deliveries > 1 && isRecord(input) && isNameless(input);
}

/** The message id as the host tells it; the text of a message cannot change it, since the trigger is binary. */
export function originOf(
  { triggerMetadata, invocationId, traceContext }: InvocationContext,
  clock: Clock,
): MessageOrigin {
  const id = triggerMetadata?.['id'];
  return {
    messageId: typeof id === 'string' ? id : invocationId,
    receivedDateTime: clock.now().toISOString(),
    traceparent: traceContext?.traceParent,
  };
}

export const unreadable = ({ messageId, receivedDateTime }: MessageOrigin): QueuedRequest => ({
  input: undefined,
  fallbackRequestId: messageId,
  delivery: { attempts: 0, acceptedDateTime: receivedDateTime },
});

/** @throws MeetingError `invalidMessage`. */
export async function readRequests(
  message: unknown,
  origin: MessageOrigin,
  messages: MessageStore,
): Promise<readonly QueuedRequest[]> {
  const value = decodeMessage(toBytes(message));
  const name = storedNameIn(value);
  if (name === undefined) return requestsIn(value, origin);
  const text = await messages.load(name);
  if (text === undefined)
    throw new MeetingError('invalidMessage', 'The text that the message refers to is not there.');
  return requestsIn(decodeMessage(Buffer.from(text)), origin);
}

export const toBytes = (message: unknown): Uint8Array =>
  message instanceof Uint8Array
    ? message
    : Buffer.from(typeof message === 'string' ? message : JSON.stringify(message));

/** Storage that is out of reach says nothing about the message: the host delivers it again. */
export function asInvalid(thrown: unknown): MeetingError {
  const error = asMeetingError(thrown);
  if (error.code !== 'invalidMessage') throw error;
  return error;
}

function asMeetingError(thrown: unknown): MeetingError {
  if (thrown instanceof MeetingError) return thrown;
  throw thrown;
}

/** Each request of a list becomes a message of its own, so that each is retried and put back alone. */
async function fanOut(
  requests: readonly QueuedRequest[],
  deps: ProcessDependencies,
): Promise<void> {
  const pending = requests.values();
  const sendPending = async (): Promise<void> => {
    for (const queued of pending) {
      if (canStandAlone(queued.input)) await sendAlone(queued, deps);
      else await processOne(queued, deps);
    }
  };
  await Promise.all(Array.from({ length: 8 }, sendPending));
  deps.log.info('message.split', { requests: requests.length });
}

/** What has no usable name would get another one on the way, and be another request. */
const canStandAlone = (input: unknown): boolean =>
  isRecord(input) && (isNameless(input) || requestIdOf(input) !== undefined);

/** As a message of its own, under the name by which the request is known. */
export const sendAlone = (
  { input, fallbackRequestId, delivery }: QueuedRequest,
  { requests }: ProcessDependencies,
): Promise<void> =>
  requests.send(toMessage(input as object, requestIdOf(input) ?? fallbackRequestId, delivery));

/** A name that cannot be used is a mistake of the sender's, and no reason to give the request another. */
const isNameless = (input: Readonly<Record<string, unknown>>): boolean =>
  isAbsent(input['requestId']);

/** Goes on with the trace that the request came with; what becomes of the request goes on from here. */
function processOne(queued: QueuedRequest, deps: ProcessDependencies): Promise<void> {
  const start = { name: 'process request', parent: queued.delivery.traceparent };
  return withSpan(start, ({ traceparent }) =>
    attempt({ ...queued, delivery: { ...queued.delivery, traceparent } }, deps),
  );
}

async function attempt(queued: QueuedRequest, deps: ProcessDependencies): Promise<void> {
  const parsed = parseMeetingRequest(queued.input);
  if (!parsed.ok) {
    const error = invalidRequest('The request is not valid.', parsed.problems);
    return refuse(queued, error, { deps });
  }
  const requestId = parsed.request.requestId ?? queued.fallbackRequestId;
  if (await isCancelled(queued, requestId, deps))
    return refuse({ ...queued, fallbackRequestId: requestId }, cancelledError(), { deps });
  const final = isTooOld(queued.delivery, deps);
  try {
    await refusePastMeeting(
      { ...parsed.request, requestId },
      queued.delivery.acceptedDateTime,
      deps,
    );
    await createMeeting({ ...parsed.request, requestId }, { ...queued.delivery, final }, deps);
  } catch (thrown) {
    const error = asMeetingError(thrown);
    if (error.retryable) await putBack({ queued, requestId, error }, deps);
    else await refuse({ ...queued, fallbackRequestId: requestId }, asKnown(error), { deps });
  }
}

/** Whether a request has been put back for so long that its next attempt is its last. */
export const isTooOld = (
  { acceptedDateTime }: Delivery,
  { clock, maxAgeMs }: ProcessDependencies,
): boolean => clock.now().getTime() - Date.parse(acceptedDateTime) > maxAgeMs;

/** A row of a cancelled batch, unless it has begun: what was begun runs to its end. */
export async function isCancelled(
  { delivery: { attempts, batchId } }: QueuedRequest,
  requestId: string,
  deps: ProcessDependencies,
): Promise<boolean> {
  if (batchId === undefined || attempts > 0 || !(await deps.isCancelled(batchId))) return false;
  return (await deps.ledger.read(requestId)) === undefined;
}

/** What nobody foresaw goes back to the host, which tries again and in the end hands it to the poison queue. */
function asKnown(error: MeetingError): MeetingError {
  if (error.code === 'internalError') throw error;
  return error;
}

export interface Deferral {
  readonly queued: QueuedRequest;
  readonly requestId: string;
  readonly error: MeetingError;
}

/** Puts a request on the queue again, as a new message that is seen when it is worth another try. */
export async function putBack(
  { queued, requestId, error }: Deferral,
  { requests, random, clock, log }: ProcessDependencies,
): Promise<void> {
  const attempts = queued.delivery.attempts + 1;
  const backoff = Math.min(firstDelayMs * 2 ** Math.min(attempts - 1, 10), maxDelayMs);
  const delayMs = error.retryAfterMs ?? Math.round(backoff * (0.5 + random.random() / 2));
  const delivery: Delivery = { ...queued.delivery, attempts };
  await requests.send(toMessage(queued.input as object, requestId, delivery), delayMs);
  const ageMs = clock.now().getTime() - Date.parse(delivery.acceptedDateTime);
  log.info('request.deferred', { requestId, attempts, delayMs, ageMs, code: error.code });
}

/** A request that never came to be one, or is another one's: a failed result, and nothing in the ledger. */
export async function refuse(
  queued: QueuedRequest,
  error: MeetingError,
  {
    deps,
    original,
    status = 'failed',
  }: {
    readonly deps: ProcessDependencies;
    readonly original?: NonNullable<MeetingResult['original']>;
    readonly status?: 'failed' | 'unknown';
  },
): Promise<void> {
  const requestId = requestIdOf(queued.input) ?? queued.fallbackRequestId;
  const organizer = isRecord(queued.input) ? queued.input['organizer'] : null;
  const result = fitResult({
    requestId,
    status,
    organizer: { given: typeof organizer === 'string' ? organizer.slice(0, 320) : null, id: null },
    meeting: null,
    notApplied: [],
    error: toErrorBody(error),
    attempts: queued.delivery.attempts + 1,
    ...resultOrigin(queued.delivery),
    completedDateTime: deps.clock.now().toISOString(),
    ...(original !== undefined && { original }),
  });
  await deps.results.publish(result);
  deps.log.warn('request.refused', {
    requestId,
    code: error.code,
    problems: error.details?.length,
  });
}
