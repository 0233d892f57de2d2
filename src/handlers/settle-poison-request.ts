import { createMeeting } from '../meetings/create-meeting';
import { MeetingError, toMeetingError } from '../meetings/errors';
import { parseMeetingRequest } from '../meetings/parse-meeting-request';
import type { MessageOrigin, QueuedRequest } from '../meetings/queue-message';
import type { MeetingResult } from '../meetings/result';
import { invalidRequest } from './http-body';
import {
  originOf,
  readRequests,
  refuse,
  toBytes,
  unreadable,
  type ProcessDependencies,
  type QueueHandler,
} from './process-meeting-request';

/** An original text up to this many characters stands in the result itself. */
const longestQuotedText = 8_000;
/** How long a dead message waits when it cannot be settled now, in milliseconds. */
const againMs = 60_000;

export interface SettleDependencies extends ProcessDependencies {
  /** Puts a dead message back on the poison queue, as a new one. */
  readonly poison: { sendText(text: string, delayMs: number): Promise<void> };
}

/**
 * A message of the poison queue: every dead message still gets its result. Its requests are tried once more, for the last time;
 * a message that kills even that attempt is settled from what the ledger knows.
 */
export function makeSettlePoisonRequestHandler(deps: SettleDependencies): QueueHandler {
  return async (message, context) => {
    const origin = originOf(context, deps.clock);
    const text = Buffer.from(toBytes(message)).toString('utf8');
    const firstTime = context.triggerMetadata?.['dequeueCount'] === 1;
    try {
      await settle({ message, text, origin, firstTime }, deps);
    } catch (thrown) {
      // The host would not run a poison message again after five tries, so it goes back as a new one.
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
  deps: SettleDependencies,
): Promise<void> {
  const original = await quote(text, deps);
  let requests: readonly QueuedRequest[];
  try {
    requests = await readRequests(message, origin, deps.messages);
  } catch (thrown) {
    const error = toMeetingError(thrown);
    if (error.code !== 'invalidMessage') throw thrown;
    return refuse(unreadable(origin), error, { deps, original });
  }
  for (const queued of requests) await settleOne({ queued, original, firstTime }, deps);
}

async function quote(
  text: string,
  { messages }: SettleDependencies,
): Promise<NonNullable<MeetingResult['original']>> {
  return text.length <= longestQuotedText ? { text } : { blob: await messages.save(text) };
}

interface DeadRequest {
  readonly queued: QueuedRequest;
  readonly original: NonNullable<MeetingResult['original']>;
  readonly firstTime: boolean;
}

async function settleOne(
  { queued, original, firstTime }: DeadRequest,
  deps: SettleDependencies,
): Promise<void> {
  const parsed = parseMeetingRequest(queued.input);
  if (!parsed.ok) {
    const error = invalidRequest('The request is not valid.', parsed.problems);
    return refuse(queued, error, { deps, original });
  }
  const requestId = parsed.request.requestId ?? queued.fallbackRequestId;
  const request = { ...parsed.request, requestId };
  if (!firstTime && (await deps.ledger.read(requestId)) === undefined) {
    return refuse({ ...queued, fallbackRequestId: requestId }, died(), { deps, original });
  }
  try {
    const last = firstTime ? deps : { ...deps, provider: noMoreCalls, directory: noMoreCalls };
    await createMeeting(request, { ...queued.delivery, final: true }, last);
  } catch (thrown) {
    const error = toMeetingError(thrown);
    if (error.code !== 'requestIdReused') throw thrown;
    await refuse({ ...queued, fallbackRequestId: requestId }, error, { deps, original });
  }
}

const died = (): MeetingError =>
  new MeetingError(
    'processingFailed',
    'The request could not be processed, however often it was tried.',
  );

/** Stands in for Graph once even the last attempt has died: what may have happened before stays unknown. */
const refuseCall = (): Promise<never> =>
  Promise.reject(
    new MeetingError(
      'processingFailed',
      'The request could not be processed, however often it was tried.',
      {
        executed: 'unknown',
      },
    ),
  );
const noMoreCalls = {
  create: refuseCall,
  createOrGet: refuseCall,
  update: refuseCall,
  findUserId: refuseCall,
};
