#!/usr/bin/env node
// The Functions host runs a message of a poison queue five times and no more. A copy starts with a count of zero.
import { parseArgs } from 'node:util';
import { QueueServiceClient } from '@azure/storage-queue';

const usage = `Lets the app retry the messages of a poison queue. Replaces each with a copy in the same queue.
A request that already has its meeting gets its result, and no second meeting is created.

  node infra/scripts/redrive.mjs [options]

  --account <name>        storage account (CONVOKE_STORAGE_ACCOUNT_NAME)
  --queue <name>          meeting-requests-poison (default) or meeting-batches-poison
  --queue-url <url>       queue endpoint of the account in a national cloud
  --dry-run               only show how many messages there are
  --connection-string-from-env <name>
                          environment variable that holds a connection string, instead of the sign-in of az or azd
  --help

Requires the role Storage Queue Data Contributor on the queue.`;

class UsageError extends Error {}

function readOptions() {
  const { values } = parseArgs({
    options: {
      account: { type: 'string', default: process.env.CONVOKE_STORAGE_ACCOUNT_NAME },
      queue: { type: 'string', default: 'meeting-requests-poison' },
      'queue-url': { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      'connection-string-from-env': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return values;
  if (!values.queue.endsWith('-poison')) throw new UsageError('--queue must be a poison queue.');
  if (!values.account && !values['queue-url'] && !values['connection-string-from-env'])
    throw new UsageError('--account is missing. Set it to the name of the storage account.');
  return values;
}

async function openQueue(options) {
  const variable = options['connection-string-from-env'];
  if (variable !== undefined)
    return QueueServiceClient.fromConnectionString(process.env[variable] ?? '').getQueueClient(
      options.queue,
    );
  const { AzureCliCredential, AzureDeveloperCliCredential, ChainedTokenCredential } =
    await import('@azure/identity');
  const url = options['queue-url'] ?? `https://${options.account}.queue.core.windows.net`;
  const credential = new ChainedTokenCredential(
    new AzureCliCredential(),
    new AzureDeveloperCliCredential(),
  );
  return new QueueServiceClient(url, credential).getQueueClient(options.queue);
}

/**
 * Visibility timeout of messages that are being copied, in seconds: enough for 32. After that, those not yet copied
 * become visible again.
 */
const leaseSeconds = 60;

/**
 * Replaces every visible message that is older than this run. Sends the copy first: no message is lost; at worst one is
 * tried twice.
 */
async function redrive(queue, started) {
  let copied = 0;
  for (;;) {
    const { receivedMessageItems } = await queue.receiveMessages({
      numberOfMessages: 32,
      visibilityTimeout: leaseSeconds,
    });
    const old = receivedMessageItems.filter(({ insertedOn }) => insertedOn <= started);
    if (old.length === 0) return copied;
    for (const { messageText, messageId, popReceipt } of old) {
      await queue.sendMessage(messageText, { messageTimeToLive: -1, visibilityTimeout: 5 });
      await queue.deleteMessage(messageId, popReceipt);
      copied += 1;
    }
  }
}

async function main(options) {
  const queue = await openQueue(options);
  // By storage's clock, like the times of the messages.
  const { approximateMessagesCount, date } = await queue.getProperties();
  console.log(`About ${approximateMessagesCount} messages in ${options.queue}.`);
  if (options['dry-run'] || approximateMessagesCount === 0) return;
  const copied = await redrive(queue, date);
  console.log(`${copied} will be retried.`);
  const hidden = approximateMessagesCount - copied;
  if (hidden > 0)
    console.log(
      `${hidden} could not be seen. They are being processed, or the host hides them. docs/operations.md#alert-poison describes how to reach them.`,
    );
}

try {
  const options = readOptions();
  if (options.help) console.log(usage);
  else await main(options);
} catch (error) {
  console.error(error.message);
  if (error.statusCode === 403)
    console.error('Assign yourself the role Storage Queue Data Contributor on the queue.');
  process.exitCode =
    error instanceof UsageError || error.code?.startsWith?.('ERR_PARSE_ARGS') ? 2 : 1;
}
