import { createMeeting } from '../../meetings/create-meeting';
import { withSpan } from '../../telemetry/tracing';
import { cancelledError } from '../../batches/run/failed-row';
import { MeetingError, toMeetingError } from '../../errors/meeting-error';
import { hasMeeting } from '../../meetings/ledger';
import { parseMeetingRequest } from '../../requests/parse-meeting-request';
import type { MessageOrigin, QueuedRequest } from '../../requests/queue-message';
import type { ResultPublisher } from '../../meetings/ports';
import type { MeetingRequest } from '../../requests/meeting-request';
import type { MeetingResult } from '../../results/meeting-result';
import { fitResult, toAsciiJson } from '../../results/result-message';
import { invalidRequest } from '../http/body';
import {
  asInvalid,
  isCancelled,
  isTooOld,
  originOf,
  putBack,
  readRequests,
  refuse,
  sendAlone,
  toBytes,
  unreadable,
  type ProcessDependencies,
  type QueueHandler,
} from './process-meeting-request';

/** An original text up to this size stands in the result itself, in bytes of the result. */
const maxQuoteLength = 8_000;
/**
 * The host gives a poison message five times (`maxDequeueCount` of host.json), and then leaves it lying for ever. So from its
 * third delivery on it goes back as a new one before anything else can happen to it: storage may fail twice more.
 */
const lastDelivery = 3;
/** How long a dead message waits when it cannot be settled now, in milliseconds. */
const againMs = 60_000;

export interface PoisonDependencies extends ProcessDependencies {
  /** Puts a dead message back on the poison queue, as a new one. */
  readonly poison: { sendText(text: string, delayMs: number): Promise<void> };
}

/**
 * A message of the poison queue: every dead message still gets its result. Its requests are tried once more; a message that
 * kills even that attempt is settled from what the ledger knows.
 */
export function makeProcessPoisonRequestHandler(deps: PoisonDependencies): QueueHandler {
  return async (message, context) => {
    const origin = originOf(context, deps.clock);
    const text = Buffer.from(toBytes(message)).toString('utf8');
    const deliveries = Number(context.triggerMetadata?.['dequeueCount'] ?? 1);
    const firstTime = deliveries === 1;
    try {
      if (deliveries >= lastDelivery) throw died();
      await settle({ message, text, origin, firstTime }, deps);
    } catch (thrown) {
      await deps.poison.sendText(text, againMs);
      deps.log.error('poison.put-back', {
        messageId: origin.messageId,
        code: toMeetingError(thrown).code,
      });
    }
  };
}

interface DeadMessage {
  readonly message: unknown;
  readonly text: string;
  readonly origin: MessageOrigin;
  readonly firstTime: boolean;
}

async function settle(
  { message, text, origin, firstTime }: DeadMessage,
  deps: PoisonDependencies,
): Promise<void> {
  const original = await quote(text, deps);
  let requests: readonly QueuedRequest[];
  try {
    requests = await readRequests(message, origin, deps.messages);
  } catch (thrown) {
    return refuse(unreadable(origin), asInvalid(thrown), { deps, original });
  }
  const alone = requests.length === 1;
  for (const queued of requests) {
    const start = { name: 'settle request', parent: queued.delivery.traceparent };
    await withSpan(start, ({ traceparent }) => {
      const delivery = { ...queued.delivery, traceparent };
      return settleOne({ queued: { ...queued, delivery }, original, firstTime, alone }, deps);
    });
  }
}

async function quote(text: string, { messages }: PoisonDependencies): Promise<Original> {
  return toAsciiJson(text).length <= maxQuoteLength
    ? { text }
    : { blob: await messages.save(text) };
}

type Original = NonNullable<MeetingResult['original']>;

interface DeadRequest {
  readonly queued: QueuedRequest;
  readonly original: Original;
  readonly firstTime: boolean;
  /** It is the only request of its message. */
  readonly alone: boolean;
}

async function settleOne(dead: DeadRequest, deps: PoisonDependencies): Promise<void> {
  const { queued, original, firstTime, alone } = dead;
  const parsed = parseMeetingRequest(queued.input);
  if (!parsed.ok) {
    const error = invalidRequest('The request is not valid.', parsed.problems);
    return refuse(queued, error, { deps, original });
  }
  const { requestId } = parsed.request;
  if (requestId === undefined)
    return refuse(queued, nameless(), { deps, original, status: 'unknown' });
  // Making the meetings of a list here could take longer than the host lets a function run.
  if (!alone) return sendAlone(queued, deps);
  if (await isCancelled(queued, requestId, deps))
    return refuse(queued, cancelledError(), { deps, original });
  const request = { ...parsed.request, requestId };
  const quoting = { ...deps, results: withOriginal(deps.results, original) };
  try {
    if (firstTime) await tryOnceMore({ request, queued }, quoting);
    else await giveUp({ request, queued }, quoting);
  } catch (thrown) {
    const error = toMeetingError(thrown);
    if (error.retryable || error.code === 'internalError') throw error;
    const status = error.code === 'requestIdReused' ? 'failed' : 'unknown';
    await refuse(queued, error, { deps, original, status });
  }
}

/** What has no meeting in the end says what it was. */
const withOriginal = (results: ResultPublisher, original: Original): ResultPublisher => ({
  publish: (result) =>
    results.publish(hasMeeting(result.status) ? result : fitResult({ ...result, original })),
});

interface LastTry {
  readonly request: MeetingRequest & { readonly requestId: string };
  readonly queued: QueuedRequest;
}

/** An attempt that ends in order, with Graph asking for time, shows that the request can be worked on: it goes on as others do. */
async function tryOnceMore(last: LastTry, deps: PoisonDependencies): Promise<void> {
  const { request, queued } = last;
  try {
    await createMeeting(
      request,
      { ...queued.delivery, final: isTooOld(queued.delivery, deps) },
      deps,
    );
  } catch (thrown) {
    const error = toMeetingError(thrown);
    if (error.code === 'internalError') return giveUp(last, deps);
    if (!error.retryable || error.code === 'storageUnavailable') throw error;
    await putBack({ queued, requestId: request.requestId, error }, deps);
  }
}

/** Ends a request without calling Graph: the ledger knows whether there can be a meeting. */
async function giveUp({ request, queued }: LastTry, deps: PoisonDependencies): Promise<void> {
  const withoutGraph = { ...deps, provider: noMoreCalls, directory: noMoreCalls };
  await createMeeting(request, { ...queued.delivery, final: true }, withoutGraph);
}

/** It was known by the id of a message that is gone: another try could make a second meeting. */
const nameless = (): MeetingError =>
  new MeetingError(
    'outcomeUnknown',
    'The request has no requestId, so nobody can tell whether an earlier try made its meeting.',
  );

const died = (): MeetingError =>
  new MeetingError(
    'processingFailed',
    'The request could not be processed, however often it was tried.',
  );

const refuseCall = (): Promise<never> => Promise.reject(died());
const noMoreCalls = {
  create: refuseCall,
  createOrGet: refuseCall,
  update: refuseCall,
  findUserId: refuseCall,
};
