import { parseJsonText } from './json-text';
import { isAbsent, isRecord } from '../readers/scalar';

type Properties = Readonly<Record<string, unknown>>;

interface Envelope {
  /** As its makers call it. */
  readonly name: string;
  readonly fits: (value: Properties) => boolean;
  readonly content: (value: Properties) => unknown;
}

const has = (value: Properties, ...names: readonly string[]): boolean =>
  names.every((name) => Object.hasOwn(value, name));

/** What a request, or a list of them, has at its top. */
const own = ['meeting', 'organizer', 'requests', 'defaults'];

/** What the outputs of an action or trigger have; a calendar event has a body too. */
const besideBody = new Set(
  'body headers statuscode method uri queries relativepathparameters'.split(' '),
);

const envelopes: readonly Envelope[] = [
  {
    // https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
    name: 'a CloudEvents event',
    fits: (value) => has(value, 'specversion', 'type'),
    content: ({ data, data_base64: encoded }) => data ?? fromBase64(encoded),
  },
  {
    // https://learn.microsoft.com/azure/event-grid/event-schema
    name: 'an Event Grid event',
    fits: (value) => has(value, 'eventType', 'data'),
    content: ({ data }) => data,
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

/** The envelope that a value is; undefined for a request, which never has a name and an envelope too. */
function envelopeOf(value: unknown): Envelope | undefined {
  if (!isRecord(value) || own.some((name) => Object.hasOwn(value, name))) return undefined;
  // Convoke writes the id next to a request that it sends on, whatever the request is.
  if (!isAbsent(value['requestId'])) return undefined;
  return envelopes.find(({ fits }) => fits(value));
}

/** Envelopes in envelopes: an event in a message in an action's body. */
const maxDepth = 3;

/** The content of an event, a message or an action's outputs that was sent whole; anything else as it is. */
export function openEnvelope(value: unknown, depth = maxDepth): unknown {
  const envelope = envelopeOf(value);
  if (envelope === undefined || !isRecord(value)) return value;
  const content = parsed(envelope.content(value));
  const isOpen = typeof content === 'object' && content !== null;
  return isOpen && depth > 0 ? openEnvelope(content, depth - 1) : value;
}

/** An event or message may hold JSON as a text. */
function parsed(content: unknown): unknown {
  const result = typeof content === 'string' ? parseJsonText(content) : undefined;
  return result?.ok === true ? result.value : content;
}

/** The name of the envelope that a value is and that could not be opened. */
export const envelopeName = (value: unknown): string | undefined => envelopeOf(value)?.name;
