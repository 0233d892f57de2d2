import { setTimeout as sleep } from 'node:timers/promises';
import type { MeetingResult } from '../../src/results/meeting-result';
import type { Command, Context } from '../context';
import { codeOfResults, exitCodes } from '../exit-codes';
import { openQueue, type QueueClient } from '../queues';

interface ResultsOptions {
  readonly follow?: boolean;
  readonly take?: boolean;
}

/** Maximum number of messages that storage returns in one call. */
const maxMessages = 32;
const lookEveryMs = 1_000;

type Message = MeetingResult | { readonly type: string; readonly batchId: string };

/**
 * Prints the results on the queue. Without `take`, they stay on the queue, and only the 32 oldest are visible. With
 * `take`, removes each after printing it. `follow` continues until Ctrl+C.
 */
export const results: Command<ResultsOptions> = async ({ follow, take }, context) => {
  const queue = await openQueue('meeting-results', context);
  const seen = new Set<string>();
  let exitCode: number = exitCodes.done;
  for (;;) {
    const shown =
      take === true ? await takeSome(queue, context) : await look(queue, { seen, context });
    exitCode = Math.max(exitCode, codeOfResults(shown.filter(isResult)));
    if (shown.length > 0 && take === true) continue;
    if (follow !== true) return exitCode;
    await sleep(lookEveryMs);
  }
};

const isResult = (message: Message): message is MeetingResult => !('type' in message);

interface Look {
  readonly seen: Set<string>;
  readonly context: Context;
}

async function look(queue: QueueClient, { seen, context }: Look): Promise<readonly Message[]> {
  const { peekedMessageItems } = await queue.peekMessages({ numberOfMessages: maxMessages });
  const fresh = peekedMessageItems.filter(({ messageId }) => !seen.has(messageId));
  for (const { messageId } of fresh) seen.add(messageId);
  return fresh.map(({ messageText }) => show(messageText, context));
}

async function takeSome(queue: QueueClient, context: Context): Promise<readonly Message[]> {
  const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: maxMessages });
  const shown: Message[] = [];
  for (const { messageId, popReceipt, messageText } of receivedMessageItems) {
    shown.push(show(messageText, context));
    await queue.deleteMessage(messageId, popReceipt);
  }
  return shown;
}

/** Messages may be base64; see the setting RESULT_ENCODING. */
function show(text: string, { output }: Context): Message {
  const json = text.startsWith('{') ? text : Buffer.from(text, 'base64').toString('utf8');
  const message = JSON.parse(json) as Message;
  output.json(message);
  if (isResult(message)) output.result(message);
  else output.say(`✓ ${message.type} ${message.batchId}`);
  return message;
}
