import { MeetingError } from '../errors/meeting-error';
import { openEnvelope } from './envelopes';
import { parseJsonText, pythonBytes } from './json-text';
import { maxRequestIdLength } from './limits';
import { isAbsent, isRecord } from './readers/scalar';
import type { Delivery } from '../results/meeting-result';

/** One request inside a queue message, and where it came from. */
export interface QueuedRequest {
  /** Not parsed yet: an item of an array, or the whole message without its `delivery`. */
  readonly input: unknown;
  /** What identifies the request if it does not say so itself. */
  readonly fallbackRequestId: string;
  readonly delivery: Delivery;
}

export interface MessageOrigin {
  readonly messageId: string;
  readonly receivedDateTime: string;
  readonly traceparent?: string | undefined;
}

/** Messages may be JSON, JSON in a JSON string, or base64 of either: flows produce all three. */
const deepestWrapping = 3;
/** A 32-bit integer, as tables have it. */
const largestCount = 2 ** 31 - 1;
const base64Text = /^[\w+/-]+={0,2}$/;

/** @throws MeetingError `invalidMessage` when no reading of the bytes gives a JSON object or array. */
export function decodeMessage(bytes: Uint8Array): object {
  let text = utf8(bytes);
  for (let layer = 0; layer < deepestWrapping && text !== undefined; layer += 1) {
    const parsed = parseJsonText(text);
    if (parsed.ok && typeof parsed.value === 'object' && parsed.value !== null) return parsed.value;
    if (!parsed.ok && (parsed.problems[0]?.code === 'tooDeep' || pythonBytes.test(text.trim())))
      throw notARequest(parsed.problems[0]?.message ?? '');
    text = parsed.ok && typeof parsed.value === 'string' ? parsed.value : fromBase64(text);
  }
  throw notARequest('The message is neither a JSON object or array nor base64 of one.');
}

const notARequest = (message: string): MeetingError => new MeetingError('invalidMessage', message);

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function fromBase64(text: string): string | undefined {
  const compact = text.replaceAll(/\s/g, '');
  return base64Text.test(compact) ? utf8(Buffer.from(compact, 'base64')) : undefined;
}

/** The name under which a message's real text is stored, when the message is only a reference to it. */
export function storedNameIn(value: object): string | undefined {
  const name = 'requestBlob' in value ? value.requestBlob : undefined;
  return typeof name === 'string' && Object.keys(value).length === 1 ? name : undefined;
}

export const toReference = (name: string): object => ({ requestBlob: name });

/** The requests in a message: one, an array of them, or `{ "requests": [...] }`. */
export function requestsIn(message: object, origin: MessageOrigin): readonly QueuedRequest[] {
  const value = openEnvelope(message);
  const items = itemsOf(value);
  if (items === undefined) return [toQueued(value, origin.messageId, origin)];
  if (items.length === 0) throw notARequest('The message holds no requests.');
  return items.map((item, index) =>
    toQueued(openEnvelope(item), `${origin.messageId}:${index}`, origin),
  );
}

/** What has a name is one request, whatever it contains: so it keeps its name when it is sent on alone. */
function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isRecord(value) || !('requests' in value) || !isAbsent(value['requestId'])) return undefined;
  const { requests, ...others } = value;
  const unknown = Object.keys(others);
  if (unknown.length > 0)
    throw notARequest(
      `Beside "requests" the message may hold nothing, but it has: ${unknown.slice(0, 5).join(', ').slice(0, 60)}.`,
    );
  if (!Array.isArray(requests)) throw notARequest('"requests" must be an array.');
  return requests;
}

function toQueued(item: unknown, fallbackRequestId: string, origin: MessageOrigin): QueuedRequest {
  const arrived: Delivery = {
    attempts: 0,
    acceptedDateTime: origin.receivedDateTime,
    ...(origin.traceparent !== undefined && { traceparent: origin.traceparent }),
  };
  if (typeof item !== 'object' || item === null || !('delivery' in item)) {
    return { input: item, fallbackRequestId, delivery: arrived };
  }
  const { delivery, ...input } = item;
  return {
    input,
    fallbackRequestId,
    delivery: { ...arrived, ...parseDelivery(delivery, arrived) },
  };
}

/** `delivery` is written by Convoke itself when it puts a request back; anything else in it is left out. */
function parseDelivery(value: unknown, arrived: Delivery): Partial<Delivery> {
  const { attempts, acceptedDateTime, batchId, index, traceparent } = (value ?? {}) as Record<
    keyof Delivery,
    unknown
  >;
  const accepted = typeof acceptedDateTime === 'string' ? Date.parse(acceptedDateTime) : NaN;
  // A time that is still to come would keep the request from ever being too old.
  const isPast = accepted <= Date.parse(arrived.acceptedDateTime);
  return {
    ...(isCount(attempts) && { attempts }),
    ...(isPast && { acceptedDateTime: new Date(accepted).toISOString() }),
    ...(isName(batchId) && { batchId }),
    ...(isCount(index) && { index }),
    ...(isName(traceparent) && { traceparent }),
  };
}

const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= largestCount;

/** What is longer would not fit into a result, which then could never be written. */
const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= maxRequestIdLength;

/** The message that brings a request (back) to the queue. */
export const toMessage = (input: object, requestId: string, delivery: Delivery): object => ({
  ...input,
  requestId,
  delivery,
});
