import { cutText } from '../../errors/cut-text';
import { MeetingError } from '../../errors/meeting-error';
import { openEnvelope, requestIdOfEvent } from './envelopes';
import { parseJsonText } from './json-text';
import { isPythonBytes, isAbsent, isRecord } from '../readers/scalar';
import { maxRequestIdLength } from '../limits';
import type { MessageMetadata } from '../message-metadata';
import { requestIdOf } from './parse-meeting-request';

/** A message from its trigger. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly bytes: Uint8Array;
  /** Number of deliveries, including this one. */
  readonly deliveries: number;
  /** Metadata for requests in it that have none. */
  readonly metadata: MessageMetadata;
}

/** One request inside a queue message. */
export interface QueuedRequest {
  /** Its own id, or one derived from its event or message. */
  readonly requestId: string;
  /** False if the id is derived from the message, whose id the host changes when it moves the message. */
  readonly hasOwnId: boolean;
  /** Not parsed yet: an item of a list, or the whole message without its `metadata`. */
  readonly input: unknown;
  readonly metadata: MessageMetadata;
}

/** Maximum number of encodings around a message: JSON, JSON in a JSON string, or base64 of either. Flows produce all three. */
const maxWrapping = 3;
/** Maximum of a count: more than any batch has rows or any request attempts, and far below the limit of a 32-bit integer. */
const maxCount = 1_000_000;
const base64Text = /^[\w+/-]+={0,2}$/;

/** @throws MeetingError `invalidMessage` if no decoding of the bytes gives a JSON object or array. */
export function decodeMessage(bytes: Uint8Array): object {
  let text = utf8(bytes);
  for (let layer = 0; layer < maxWrapping && text !== undefined; layer += 1) {
    const parsed = parseJsonText(text);
    if (parsed.ok && typeof parsed.value === 'object' && parsed.value !== null) return parsed.value;
    if (!parsed.ok && (parsed.problems[0]?.code !== 'invalidJson' || isPythonBytes(text)))
      throw notARequest(parsed.problems[0]?.message ?? '');
    text = parsed.ok && typeof parsed.value === 'string' ? parsed.value : fromBase64(text);
  }
  throw notARequest('The message must be a JSON object or array, as text or base64.');
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

/** The name of the stored text, if the message is a reference to one. */
export function storedNameIn(value: object): string | undefined {
  const name = 'requestBlob' in value ? value.requestBlob : undefined;
  return typeof name === 'string' && Object.keys(value).length === 1 ? name : undefined;
}

/** The message that refers to a stored text by name. */
export const toReference = (name: string): object => ({ requestBlob: name });

/** The requests in a message: one, a list, or `{ "requests": [...] }`, also inside an envelope. */
export function requestsIn(
  content: object,
  message: Pick<ReceivedMessage, 'messageId' | 'metadata'>,
): readonly QueuedRequest[] {
  const value = openEnvelope(content);
  const items = itemsOf(value);
  const { messageId, metadata } = message;
  const eventId = requestIdOfEvent(content);
  const derived = { requestId: eventId ?? messageId, hasOwnId: eventId !== undefined };
  if (items === undefined) return [toQueued(value, derived, metadata)];
  if (items.length === 0) throw notARequest('The message contains no requests.');
  return items.map((item, index) => {
    const id = requestIdOfEvent(item);
    const ofItem =
      id === undefined
        ? { ...derived, requestId: `${derived.requestId}:${index}` }
        : { requestId: id, hasOwnId: true };
    return notARow(toQueued(openEnvelope(item), ofItem, metadata));
  });
}

/** Removes the batch from an item of a list: each row of a batch has a separate message, so the item cannot be one. */
export function notARow(queued: QueuedRequest): QueuedRequest {
  const {
    batchId: _batchId,
    index: _index,
    rowToken: _rowToken,
    pass: _pass,
    isConfirmed: _isConfirmed,
    ...metadata
  } = queued.metadata;
  return { ...queued, metadata };
}

/** A value with a requestId is one request, whatever it contains, so that it keeps its id when it is sent on. */
function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isRecord(value) || !('requests' in value) || !isAbsent(value['requestId'])) return undefined;
  const { requests, ...others } = value;
  const unknown = Object.keys(others);
  if (unknown.length > 0)
    throw notARequest(
      `Only "requests" is allowed at the top level. Found: ${cutText(unknown.slice(0, 5).join(', '), 60)}.`,
    );
  if (!Array.isArray(requests)) throw notARequest('"requests" must be a list.');
  return requests;
}

type RequestId = Pick<QueuedRequest, 'requestId' | 'hasOwnId'>;

function toQueued(item: unknown, derived: RequestId, received: MessageMetadata): QueuedRequest {
  const ownId = requestIdOf(item);
  const known = ownId === undefined ? derived : { requestId: ownId, hasOwnId: true };
  if (typeof item !== 'object' || item === null || !('metadata' in item))
    return { ...known, input: item, metadata: received };
  const { metadata, ...input } = item;
  return { ...known, input, metadata: { ...received, ...parseMetadata(metadata, received) } };
}

/**
 * Convoke writes `metadata` when it queues a request again. Any sender can write it too. `attempts`, `acceptedDateTime`
 * and `traceparent` need no proof, because they affect only the sender's own request: more attempts mean a longer
 * back-off, and an earlier time means an earlier last attempt, or permits a meeting that the sender could have
 * requested in time. `batchId`, `index` and the rest affect the batch, so they count only with its `rowToken`. Ignores
 * unknown properties.
 */
function parseMetadata(value: unknown, received: MessageMetadata): Partial<MessageMetadata> {
  const { attempts, acceptedDateTime, batchId, index, rowToken, pass, isConfirmed, traceparent } =
    (value ?? {}) as Record<keyof MessageMetadata, unknown>;
  const accepted = typeof acceptedDateTime === 'string' ? Date.parse(acceptedDateTime) : NaN;
  // A future time would keep the request from ever being too old.
  const isPast = accepted >= 0 && accepted <= Date.parse(received.acceptedDateTime);
  return {
    ...(isCount(attempts) && { attempts }),
    ...(isPast && { acceptedDateTime: new Date(accepted).toISOString() }),
    ...(isName(batchId) && { batchId }),
    ...(isCount(index) && { index }),
    ...(isName(rowToken) && { rowToken }),
    ...(isCount(pass) && { pass }),
    ...(isConfirmed === true && { isConfirmed }),
    ...(isName(traceparent) && { traceparent }),
  };
}

const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= maxCount;

/** Longer names would not fit into a result. */
const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= maxRequestIdLength;

/** The message with which a request is queued, for the first time or again. */
export const toMessage = (input: object, requestId: string, metadata: MessageMetadata): object => ({
  ...input,
  requestId,
  metadata,
});
