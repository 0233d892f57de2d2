import { cutText } from '../../errors/cut-text';
import { MeetingError } from '../../errors/meeting-error';
import { openEnvelope } from './envelopes';
import { parseJsonText, pythonBytes } from './json-text';
import { maxRequestIdLength } from '../limits';
import type { MessageMetadata } from '../message-metadata';
import { requestIdOf } from './parse-meeting-request';
import { isAbsent, isRecord } from '../readers/scalar';

/** A message as its trigger gives it. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly bytes: Uint8Array;
  /** How often the host has given it, this time included. */
  readonly deliveries: number;
  /** Of a request in it that brings none of its own. */
  readonly metadata: MessageMetadata;
}

/** One request inside a queue message. */
export interface QueuedRequest {
  /** Its own, or one made from the message that brought it. */
  readonly requestId: string;
  /** False when the request is known only by the message that brought it. */
  readonly hasOwnId: boolean;
  /** Not parsed yet: an item of a list, or the whole message without its `metadata`. */
  readonly input: unknown;
  readonly metadata: MessageMetadata;
}

/** Messages may be JSON, JSON in a JSON string, or base64 of either: flows produce all three. */
const maxWrapping = 3;
/** More than a batch has rows, or a request attempts; still a 32-bit integer with room to count on, as tables have it. */
const maxCount = 1_000_000;
const base64Text = /^[\w+/-]+={0,2}$/;

/** @throws MeetingError `invalidMessage` when no reading of the bytes gives a JSON object or array. */
export function decodeMessage(bytes: Uint8Array): object {
  let text = utf8(bytes);
  for (let layer = 0; layer < maxWrapping && text !== undefined; layer += 1) {
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

/** The requests in a message: one, a list of them, or `{ "requests": [...] }`; also in somebody's envelope. */
export function requestsIn(
  content: object,
  message: Pick<ReceivedMessage, 'messageId' | 'metadata'>,
): readonly QueuedRequest[] {
  const value = openEnvelope(content);
  const items = itemsOf(value);
  const { messageId, metadata } = message;
  if (items === undefined) return [toQueued(value, messageId, metadata)];
  if (items.length === 0) throw notARequest('The message contains no requests.');
  return items.map((item, index) =>
    notARow(toQueued(openEnvelope(item), `${messageId}:${index}`, metadata)),
  );
}

/** Each row of a batch comes in a message of its own, so an item of a list is none, whatever it says. */
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

/** What has a name is one request, whatever it contains: so it keeps its name when it is sent on alone. */
function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isRecord(value) || !('requests' in value) || !isAbsent(value['requestId'])) return undefined;
  const { requests, ...others } = value;
  const unknown = Object.keys(others);
  if (unknown.length > 0)
    throw notARequest(
      `Only "requests" is allowed at the top level; found: ${cutText(unknown.slice(0, 5).join(', '), 60)}.`,
    );
  if (!Array.isArray(requests)) throw notARequest('"requests" must be a list.');
  return requests;
}

function toQueued(item: unknown, derivedId: string, received: MessageMetadata): QueuedRequest {
  const ownId = requestIdOf(item);
  const known = { requestId: ownId ?? derivedId, hasOwnId: ownId !== undefined };
  if (typeof item !== 'object' || item === null || !('metadata' in item))
    return { ...known, input: item, metadata: received };
  const { metadata, ...input } = item;
  return { ...known, input, metadata: { ...received, ...parseMetadata(metadata, received) } };
}

/**
 * Convoke itself writes `metadata` when it puts a request back; anything else in it is left out. Any sender can write it too.
 * `attempts`, `acceptedDateTime` and `traceparent` need no proof, since they concern nobody else: more attempts lengthen the
 * sender's own back-off, and an earlier time brings its own last attempt nearer, or asks for a meeting that is over, which
 * it could have asked for in time. `batchId`, `index` and the rest concern the batch: they count only with its `rowToken`.
 */
function parseMetadata(value: unknown, received: MessageMetadata): Partial<MessageMetadata> {
  const { attempts, acceptedDateTime, batchId, index, rowToken, pass, isConfirmed, traceparent } =
    (value ?? {}) as Record<keyof MessageMetadata, unknown>;
  const accepted = typeof acceptedDateTime === 'string' ? Date.parse(acceptedDateTime) : NaN;
  // A time that is still to come would keep the request from ever being too old.
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

/** A longer one would not fit into a result, which then could never be written. */
const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= maxRequestIdLength;

/** The message that brings a request (back) to the queue. */
export const toMessage = (input: object, requestId: string, metadata: MessageMetadata): object => ({
  ...input,
  requestId,
  metadata,
});
