import { setTimeout as sleep } from 'node:timers/promises';
import type { MeetingResult } from '../../src/results/meeting-result';
import type { Command, Context } from '../context';
import { openQueue, type QueueClient } from '../queues';

interface ResultsOptions {
  readonly follow?: boolean;
  readonly take?: boolean;
}

/** Maximum number of messages that storage returns in one call. */
const maxMessages = 32;
const lookEveryMs = 1_000;

/**
 * Prints the results on the queue. Without `take`, they stay on the queue, and only the 32 oldest are visible. With
 * `take`, removes each after printing it. `follow` continues until Ctrl+C.
 */
export const results: Command<ResultsOptions> = async ({ follow, take }, context) => {
  const queue = await openQueue('meeting-results', context);
  const seen = new Set<string>();
  for (;;) {
    const count =
      take === true ? await takeSome(queue, context) : await look(queue, { seen, context });
    if (count > 0 && take === true) continue;
    if (follow !== true) return 0;
    await sleep(lookEveryMs);
  }
};

interface Look {
  readonly seen: Set<string>;
  readonly context: Context;
}

async function look(queue: QueueClient, { seen, context }: Look): Promise<number> {
  const { peekedMessageItems } = await queue.peekMessages({ numberOfMessages: maxMessages });
  const fresh = peekedMessageItems.filter(({ messageId }) => !seen.has(messageId));
  for (const { messageId, messageText } of fresh) {
    seen.add(messageId);
    show(messageText, context);
  }
  return fresh.length;
}

async function takeSome(queue: QueueClient, context: Context): Promise<number> {
  const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: maxMessages });
  for (const { messageId, popReceipt, messageText } of receivedMessageItems) {
    show(messageText, context);
    await queue.deleteMessage(messageId, popReceipt);
  }
  return receivedMessageItems.length;
}

/** Messages may be base64; see the setting RESULT_ENCODING. */
function show(text: string, { output }: Context): void {
  const json = text.startsWith('{') ? text : Buffer.from(text, 'base64').toString('utf8');
  const message = JSON.parse(json) as
    MeetingResult | { readonly type: string; readonly batchId: string };
  output.json(message);
  if ('type' in message) output.say(`✓ ${message.type} ${message.batchId}`);
  else output.result(message);
}
