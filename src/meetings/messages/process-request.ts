import { carryOut } from '../carry-out';
import { isChange } from '../change';
import { refuseUnknown } from '../changes/change-meeting';
import type { MeetingDependencies } from '../dependencies';
import type { RequestSender } from '../ports';
import { refuseCancelled } from '../create/refuse-cancelled';
import { publishRefusal } from './publish-refusal';
import { invalidRequest } from '../../errors/invalid-request';
import { toMeetingError, type MeetingError } from '../../errors/meeting-error';
import type { MeetingRequest } from '../../requests/meeting-request';
import type { MessageMetadata } from '../../requests/message-metadata';
import { withPastProblem } from '../../requests/past-meeting';
import { parseMeetingRequest } from '../../requests/parse/parse-meeting-request';
import type { RefusedRequest } from '../../requests/parse/parse-online-meeting';
import { toMessage, type QueuedRequest } from '../../requests/parse/queue-message';

export interface ProcessDependencies extends MeetingDependencies {
  readonly requests: RequestSender;
  readonly isCancelled: (batchId: string) => Promise<boolean>;
  /** Whether the messages of this batch's rows carry this token. */
  readonly isRowToken: (batchId: string, rowToken: string | undefined) => Promise<boolean>;
}

/** First and maximum delay of a request that is queued again without a Retry-After from Graph, in milliseconds. */
const firstDelayMs = 5_000;
const maxDelayMs = 10 * 60_000;

/**
 * Processes a request of the queue: it gets its result, or is put on the queue again, as a new message.
 * @throws if storage is unavailable, or for unexpected errors: the host delivers the message again.
 */
export async function processRequest(
  queued: QueuedRequest,
  deps: ProcessDependencies,
): Promise<void> {
  const { requestId, input, metadata } = queued;
  const parsed = parseMeetingRequest(input);
  if (!parsed.ok) return publishRefusal(queued, notValid(parsed, metadata, deps), deps);
  const request = { ...parsed.request, requestId };
  if (await isEndedByCancellation(request, metadata, deps)) return;
  try {
    await carryOut(request, metadata, deps);
  } catch (thrown) {
    const error = toMeetingError(thrown);
    if (error.code === 'internalError') throw thrown;
    if (error.retryable || mayComeYet(error, queued, deps)) return defer(queued, error, deps);
    await refuseFinally(queued, request, { error, deps });
  }
}

/** How long a change waits for its request, in milliseconds: a queue does not preserve the order of messages. */
const maxOvertakingMs = 10 * 60_000;

const mayComeYet = (
  { code }: MeetingError,
  { metadata }: QueuedRequest,
  { clock }: ProcessDependencies,
): boolean =>
  code === 'requestNotFound' &&
  clock.now().getTime() - Date.parse(metadata.acceptedDateTime) < maxOvertakingMs;

/** Returns `invalidRequest` with all problems of a request from a queue. */
export function notValid(
  { problems, meeting }: RefusedRequest,
  { acceptedDateTime }: MessageMetadata,
  { allowPast }: Pick<ProcessDependencies, 'allowPast'>,
): MeetingError {
  const rule = { now: new Date(acceptedDateTime), allowPast };
  return invalidRequest('The request is not valid.', withPastProblem(problems, meeting, rule));
}

/** Ends a row of a cancelled batch, unless its request has begun or ended. */
export async function isEndedByCancellation(
  request: MeetingRequest & { readonly requestId: string },
  { batchId, ...metadata }: MessageMetadata,
  deps: ProcessDependencies,
): Promise<boolean> {
  if (batchId === undefined || metadata.pass !== undefined) return false;
  if (!(await deps.isCancelled(batchId))) return false;
  return refuseCancelled({ request, metadata: { ...metadata, batchId } }, deps);
}

/** Queues a request again as a new message that becomes visible when another attempt makes sense. */
export async function defer(
  { requestId, input, metadata }: QueuedRequest,
  error: MeetingError,
  { requests, random, clock, log }: ProcessDependencies,
): Promise<void> {
  const attempts = metadata.attempts + 1;
  const backOffMs = Math.min(firstDelayMs * 2 ** Math.min(attempts - 1, 10), maxDelayMs);
  const delayMs = error.retryAfterMs ?? Math.round(backOffMs * (0.5 + random.random() / 2));
  await requests.send(toMessage(input as object, requestId, { ...metadata, attempts }), delayMs);
  const ageMs = clock.now().getTime() - Date.parse(metadata.acceptedDateTime);
  log.info('request.deferred', { requestId, attempts, delayMs, ageMs, code: error.code });
}

/** Records that there is nothing left to change, so that the change stays refused. */
export async function refuseFinally(
  queued: QueuedRequest,
  request: MeetingRequest,
  { error, deps }: { readonly error: MeetingError; readonly deps: ProcessDependencies },
): Promise<void> {
  if (error.code !== 'requestNotFound' || !isChange(request))
    return publishRefusal(queued, error, deps);
  const refused = await refuseUnknown(request, queued.metadata, deps);
  if (refused === undefined) await carryOut(request, queued.metadata, deps);
}
