import { hash } from 'node:crypto';
import { parseJsonText } from './json-text';
import { maxRequestIdLength } from '../limits';
import { isAbsent, isRecord } from '../readers/scalar';

type Properties = Readonly<Record<string, unknown>>;

interface Envelope {
  /** The name that its makers use. */
  readonly name: string;
  readonly fits: (value: Properties) => boolean;
  readonly content: (value: Properties) => unknown;
  /** The properties that together identify an event, however often it is delivered. */
  readonly identity?: readonly string[];
}

const has = (value: Properties, ...names: readonly string[]): boolean =>
  names.every((name) => Object.hasOwn(value, name));

/** Top-level properties of a request or a list of requests. */
const own = ['meeting', 'organizer', 'requests', 'defaults'];

/** Properties of the outputs of an action or trigger; a calendar event has a body too. */
const besideBody = new Set(
  'body headers statuscode method uri queries relativepathparameters'.split(' '),
);

const envelopes: readonly Envelope[] = [
  {
    // https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
    name: 'a CloudEvents event',
    fits: (value) => has(value, 'specversion', 'type'),
    content: ({ data, data_base64: encoded }) => data ?? fromBase64(encoded),
    identity: ['source', 'id'],
  },
  {
    // https://learn.microsoft.com/azure/event-grid/event-schema
    name: 'an Event Grid event',
    fits: (value) => has(value, 'eventType', 'data'),
    content: ({ data }) => data,
    identity: ['topic', 'id'],
  },
  {
    // https://learn.microsoft.com/connectors/servicebus/#servicebusmessage
    name: 'a Service Bus message',
    fits: (value) => has(value, 'ContentData'),
    content: ({ ContentData: data }) => fromBase64(data),
  },
  {
    // https://learn.microsoft.com/azure/logic-apps/logic-apps-content-type
    name: 'a file content of Logic Apps',
    fits: (value) => has(value, '$content-type', '$content'),
    content: ({ $content: content }) => fromBase64(content),
  },
  {
    name: 'a message of Azure Storage queues',
    fits: (value) => has(value, 'MessageText'),
    content: ({ MessageText: text }) => text,
  },
  {
    name: 'the outputs of a Logic Apps action, with the request in its body',
    fits: (value) =>
      has(value, 'body') && Object.keys(value).every((name) => besideBody.has(name.toLowerCase())),
    content: ({ body }) => body,
  },
];

const fromBase64 = (value: unknown): unknown =>
  typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : value;

/** The kind of envelope of a value; undefined if the value has a requestId, because then it is a request. */
function envelopeOf(value: unknown): Envelope | undefined {
  if (!isRecord(value) || own.some((name) => Object.hasOwn(value, name))) return undefined;
  // Convoke adds the id to every message that it sends on.
  if (!isAbsent(value['requestId'])) return undefined;
  return envelopes.find(({ fits }) => fits(value));
}

/** Maximum depth of nested envelopes: an event in a message in an action's body. */
const maxDepth = 3;

/** The content of an event, a message or an action's outputs; any other value unchanged. */
export function openEnvelope(value: unknown, depth = maxDepth): unknown {
  const envelope = envelopeOf(value);
  if (envelope === undefined || !isRecord(value)) return value;
  const content = parsed(envelope.content(value));
  const isOpen = typeof content === 'object' && content !== null;
  return isOpen && depth > 0 ? openEnvelope(content, depth - 1) : value;
}

/** In characters. Leaves room for the place of a request in a list, such as `:17`. */
const maxEventIdLength = maxRequestIdLength - 8;

/**
 * A requestId for the request in an event, the same for each delivery of the event; undefined if there is no event, or
 * none with an id.
 */
export function requestIdOfEvent(value: unknown, depth = maxDepth): string | undefined {
  const envelope = envelopeOf(value);
  if (envelope === undefined || !isRecord(value) || depth === 0) return undefined;
  if (envelope.identity === undefined)
    return requestIdOfEvent(parsed(envelope.content(value)), depth - 1);
  const [origin = '', id] = envelope.identity.map((name) => value[name]);
  if (typeof id !== 'string' || id === '') return undefined;
  const requestId = `event:${String(origin)}:${id}`;
  return requestId.length <= maxEventIdLength && !/\p{Cc}/u.test(requestId)
    ? requestId
    : `event:${hash('sha256', requestId, 'base64url')}`;
}

/** Parses JSON text, which an event or message may hold. */
function parsed(content: unknown): unknown {
  const result = typeof content === 'string' ? parseJsonText(content) : undefined;
  return result?.ok === true ? result.value : content;
}

/** The name of an envelope that could not be opened. */
export const envelopeName = (value: unknown): string | undefined => envelopeOf(value)?.name;
