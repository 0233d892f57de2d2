import { StorageFault, unsupported, xmlDeclaration, type Answer, type Call } from '../protocol';
import { MessageQueue, type Message } from './message-queue';

/** https://learn.microsoft.com/rest/api/storageservices/get-messages */
const defaultVisibilitySeconds = 30;
/** https://learn.microsoft.com/rest/api/storageservices/put-message */
const defaultTtlSeconds = 7 * 86_400;

/** https://learn.microsoft.com/rest/api/storageservices/queue-service-rest-api */
export function makeQueueService(): (call: Call) => Answer {
  const queues = new Map<string, MessageQueue>();

  function find(name: string): MessageQueue {
    const queue = queues.get(name);
    if (queue === undefined) throw new StorageFault(404, 'QueueNotFound');
    return queue;
  }

  /** 204 where it is there already: https://learn.microsoft.com/rest/api/storageservices/create-queue4 */
  function create(name: string): Answer {
    if (queues.has(name)) return { status: 204 };
    queues.set(name, new MessageQueue());
    return { status: 201 };
  }

  function onQueue(call: Call, name: string): Answer {
    if (call.method === 'PUT') return create(name);
    const queue = find(name);
    if (call.method === 'GET')
      return { status: 200, headers: { 'x-ms-approximate-messages-count': String(queue.length) } };
    if (call.method !== 'DELETE') throw unsupported(call);
    queues.delete(name);
    return { status: 204 };
  }

  return (call) => {
    const [name = '', messages, id] = call.path;
    if (messages === undefined) return onQueue(call, name);
    return id === undefined ? onMessages(call, find(name)) : onMessage(call, find(name), id);
  };
}

const numberOf = ({ query }: Call, name: string, otherwise: number): number =>
  Number(query.get(name) ?? otherwise);

function onMessages(call: Call, queue: MessageQueue): Answer {
  const count = numberOf(call, 'numofmessages', 1);
  switch (call.method) {
    case 'POST': {
      const message = queue.put({
        xmlText: textOf(call) ?? '',
        visibilitySeconds: numberOf(call, 'visibilitytimeout', 0),
        ttlSeconds: numberOf(call, 'messagettl', defaultTtlSeconds),
      });
      return listed(201, [`${keyOf(message)}${receiptOf(message)}`]);
    }
    case 'GET': {
      if (call.query.get('peekonly') === 'true')
        return listed(
          200,
          queue.peek(count).map((message) => keyOf(message) + contentOf(message)),
        );
      const seconds = numberOf(call, 'visibilitytimeout', defaultVisibilitySeconds);
      const taken = queue.take(count, seconds);
      return listed(
        200,
        taken.map((one) => keyOf(one) + receiptOf(one) + contentOf(one)),
      );
    }
    case 'DELETE':
      queue.clear();
      return { status: 204 };
    default:
      throw unsupported(call);
  }
}

function onMessage(call: Call, queue: MessageQueue, id: string): Answer {
  const message = queue.find(id, call.query.get('popreceipt'));
  if (call.method === 'DELETE') {
    queue.remove(message);
    return { status: 204 };
  }
  if (call.method !== 'PUT') throw unsupported(call);
  queue.update(message, numberOf(call, 'visibilitytimeout', 0), textOf(call));
  const { popReceipt, visibleAt } = message;
  const headers = { 'x-ms-popreceipt': popReceipt, 'x-ms-time-next-visible': toDate(visibleAt) };
  return { status: 204, headers };
}

/** The text as it is escaped in the call: it goes out the same way. */
const textOf = ({ body }: Call): string | undefined =>
  /<MessageText>(.*)<\/MessageText>/s.exec(body.toString())?.[1];

const toDate = (time: number): string => new Date(time).toUTCString();

const keyOf = ({ id, insertedAt, expiresAt }: Message): string =>
  `<MessageId>${id}</MessageId><InsertionTime>${toDate(insertedAt)}</InsertionTime><ExpirationTime>${toDate(expiresAt)}</ExpirationTime>`;

const receiptOf = ({ popReceipt, visibleAt }: Message): string =>
  `<PopReceipt>${popReceipt}</PopReceipt><TimeNextVisible>${toDate(visibleAt)}</TimeNextVisible>`;

const contentOf = ({ dequeueCount, xmlText }: Message): string =>
  `<DequeueCount>${dequeueCount}</DequeueCount><MessageText>${xmlText}</MessageText>`;

const listed = (status: number, messages: readonly string[]): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `${xmlDeclaration}<QueueMessagesList>${messages.map((message) => `<QueueMessage>${message}</QueueMessage>`).join('')}</QueueMessagesList>`,
});
