import { carryOut } from './carry-out';
import type { MeetingDependencies } from './dependencies';
import type { RequestSender } from './ports';
import { refuseCancelled } from './refuse-cancelled';
import { publishRefusal } from './publish-refusal';
import { invalidRequest } from '../errors/invalid-request';
import { toMeetingError, type MeetingError } from '../errors/meeting-error';
import type { MeetingRequest } from '../requests/meeting-request';
import type { MessageMetadata } from '../requests/message-metadata';
import { parseMeetingRequest } from '../requests/parse-meeting-request';
import { toMessage, type QueuedRequest } from '../requests/queue-message';

export interface ProcessDependencies extends MeetingDependencies {
  readonly requests: RequestSender;
  readonly isCancelled: (batchId: string) => Promise<boolean>;
  /** Whether the messages of this batch's rows carry this token. */
  readonly isRowToken: (batchId: string, rowToken: string | undefined) => Promise<boolean>;
}

/** First and longest delay of a request that is put back without a Retry-After of Graph, in milliseconds. */
const firstDelayMs = 5_000;
const maxDelayMs = 10 * 60_000;

/**
 * Processes a request of the queue. `done`: it has its result. `deferred`: it is on the queue again, as a new message.
 * @throws if storage is unavailable, or for unexpected errors: the host delivers the message again.
 */
export async function processRequest(
  queued: QueuedRequest,
  deps: ProcessDependencies,
): Promise<'done' | 'deferred'> {
  const { requestId, input, metadata } = queued;
  const parsed = parseMeetingRequest(input);
  if (!parsed.ok) return refuse(queued, notValid(parsed.problems), deps);
  const request = { ...parsed.request, requestId };
  if (await isEndedByCancellation(request, metadata, deps)) return 'done';
  try {
    await carryOut(request, metadata, deps);
    return 'done';
  } catch (thrown) {
    const error = toMeetingError(thrown);
    if (error.code === 'internalError') throw thrown;
    return error.retryable ? defer(queued, error, deps) : refuse(queued, error, deps);
  }
}

export const notValid = (problems: Parameters<typeof invalidRequest>[1]): MeetingError =>
  invalidRequest('The request is not valid.', problems);

/** Ends a row of a cancelled batch, unless its request has begun: then it runs to its end. */
export async function isEndedByCancellation(
  request: MeetingRequest & { readonly requestId: string },
  { batchId, ...metadata }: MessageMetadata,
  deps: ProcessDependencies,
): Promise<boolean> {
  if (batchId === undefined || !(await deps.isCancelled(batchId))) return false;
  return refuseCancelled({ request, metadata: { ...metadata, batchId } }, deps);
}

/** Puts a request on the queue again, as a new message that becomes visible when another attempt makes sense. */
export async function defer(
  { requestId, input, metadata }: QueuedRequest,
  error: MeetingError,
  { requests, random, clock, log }: ProcessDependencies,
): Promise<'deferred'> {
  const attempts = metadata.attempts + 1;
  const backOffMs = Math.min(firstDelayMs * 2 ** Math.min(attempts - 1, 10), maxDelayMs);
  const delayMs = error.retryAfterMs ?? Math.round(backOffMs * (0.5 + random.random() / 2));
  await requests.send(toMessage(input as object, requestId, { ...metadata, attempts }), delayMs);
  const ageMs = clock.now().getTime() - Date.parse(metadata.acceptedDateTime);
  log.info('request.deferred', { requestId, attempts, delayMs, ageMs, code: error.code });
  return 'deferred';
}

async function refuse(
  queued: QueuedRequest,
  error: MeetingError,
  deps: ProcessDependencies,
): Promise<'done'> {
  await publishRefusal(queued, error, deps);
  return 'done';
}
