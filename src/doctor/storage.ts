import { failed, passed, unknown, type Finding } from './finding';
import type { QueueState, StorageAccess, StorageResource } from './probes';

const roles = {
  queue: 'Storage Queue Data Contributor',
  table: 'Storage Table Data Contributor',
  container: 'Storage Blob Data Owner',
} as const;

/** Whether a queue, table or container exists and the app may use it. */
export function diagnoseAccess({ kind, name }: StorageResource, access: StorageAccess): Finding {
  const check = `storage.${kind}.${name}`;
  switch (access.kind) {
    case 'allowed':
      return passed(check, `The ${kind} ${name} exists, and the app may read and write it.`);
    case 'missing':
      return passed(
        check,
        `The ${kind} ${name} does not exist yet; the app creates it on first use.`,
      );
    case 'refused':
      return failed(
        check,
        `The storage account does not let the app ${access.right} the ${kind} ${name}.`,
        {
          remedy: `Give the app’s identity the role ${roles[kind]} on the storage account; it takes up to 10 minutes to have effect.`,
          command: `az role assignment create --assignee-object-id $CONVOKE_IDENTITY_PRINCIPAL_ID --assignee-principal-type ServicePrincipal --role "${roles[kind]}" --scope $(az storage account show --name $CONVOKE_STORAGE_ACCOUNT_NAME --query id --output tsv)`,
          evidence: { right: access.right },
        },
      );
    case 'unreachable':
      return failed(check, `The storage account did not answer for the ${kind} ${name}.`, {
        remedy:
          'Check the AzureWebJobsStorage settings, the account’s network rules and, with a private network, its endpoints and DNS.',
        evidence: { reason: access.reason },
      });
  }
}

/** Age of a message that is reported as stuck, in milliseconds. */
const maxWaitMs = 60 * 60_000;
/** The app normally empties the poison queue within this time, in milliseconds. */
const maxPoisonAgeMs = 10 * 60_000;

/** How many messages wait in a queue that the app empties, and for how long. */
export function diagnoseQueue(name: string, state: QueueState | undefined): Finding {
  const check = `queue.${name}`;
  if (state === undefined)
    return unknown(check, `How many messages are in ${name} cannot be read.`);
  const { messages, oldestMs = 0 } = state;
  const evidence = {
    messages,
    ...(state.oldestMs !== undefined && { oldestMinutes: Math.round(oldestMs / 60_000) }),
  };
  const poison = name.endsWith('-poison');
  if (oldestMs <= (poison ? maxPoisonAgeMs : maxWaitMs))
    return passed(check, waiting(messages), { evidence });
  return poison
    ? failed(check, `Messages that could not be processed are stuck in ${name}.`, {
        remedy:
          'Read one message and the logs about it, fix the cause, and put the message back on the queue it came from.',
        command: `az storage message peek --auth-mode login --account-name $CONVOKE_STORAGE_ACCOUNT_NAME --queue-name ${name}`,
        evidence,
      })
    : failed(check, `Messages have been waiting in ${name} for more than an hour.`, {
        remedy:
          'Check that the queue functions are enabled and the app is running. If it is busy, raise the maximum number of instances.',
        command:
          'az functionapp config appsettings list --resource-group $AZURE_RESOURCE_GROUP --name $CONVOKE_FUNCTION_APP_NAME --query "[?ends_with(name, \'Disabled\')]"',
        evidence,
      });
}

const waiting = (messages: number): string =>
  messages === 0
    ? 'No message waits.'
    : `${messages} ${messages === 1 ? 'message waits or is' : 'messages wait or are'} being worked on.`;
