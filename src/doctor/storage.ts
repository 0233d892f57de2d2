import { failed, passed, unknown, type Finding } from './finding';
import type { QueueState, StorageAccess, StorageResource } from './probes';

const roles = {
  queue: 'Storage Queue Data Contributor',
  table: 'Storage Table Data Contributor',
  container: 'Storage Blob Data Owner',
} as const;

/** Checks whether a queue, table or container exists and the app may use it. */
export function diagnoseAccess({ kind, name }: StorageResource, access: StorageAccess): Finding {
  const check = `storage.${kind}.${name}`;
  switch (access.kind) {
    case 'allowed':
      return passed(check, `The ${kind} ${name} exists, and the app can read and write it.`);
    case 'missing':
      return passed(
        check,
        `The ${kind} ${name} does not exist yet. The app creates it on first use.`,
      );
    case 'refused':
      return failed(
        check,
        `The storage account does not let the app ${access.right} the ${kind} ${name}.`,
        {
          remedy: `Assign the role ${roles[kind]} on the storage account to the app’s identity. It takes effect within 10 minutes.`,
          command: `az role assignment create --assignee-object-id $CONVOKE_IDENTITY_PRINCIPAL_ID --assignee-principal-type ServicePrincipal --role "${roles[kind]}" --scope $(az storage account show --name $CONVOKE_STORAGE_ACCOUNT_NAME --query id --output tsv)`,
          evidence: { right: access.right },
        },
      );
    case 'unreachable':
      return failed(
        check,
        `The storage account did not respond to the check of the ${kind} ${name}.`,
        {
          remedy:
            'Check the AzureWebJobsStorage settings, the account’s network rules and, with a private network, its endpoints and DNS.',
          evidence: { reason: access.reason },
        },
      );
  }
}

/** Age at which a message is reported as stuck, in milliseconds. */
const maxWaitMs = 60 * 60_000;
/** Time in which the app empties the poison queue by itself, in milliseconds. */
const maxPoisonMs = 10 * 60_000;

/** Checks how many messages wait in a queue that the app reads, and for how long. */
export function diagnoseQueue(name: string, state: QueueState | undefined): Finding {
  const check = `queue.${name}`;
  if (state === undefined)
    return unknown(check, `The messages cannot be counted. See storage.queue.${name}.`);
  const { messages, oldestMs } = state;
  const evidence = {
    messages,
    ...(oldestMs !== undefined && { oldestMinutes: Math.round(oldestMs / 60_000) }),
  };
  return name.endsWith('-poison')
    ? diagnosePoison(name, { ...state, evidence })
    : diagnoseWaiting(name, { ...state, evidence });
}

type Measured = QueueState & { readonly evidence: NonNullable<Finding['evidence']> };

function diagnoseWaiting(name: string, { messages, oldestMs = 0, evidence }: Measured): Finding {
  const check = `queue.${name}`;
  if (oldestMs <= maxWaitMs) return passed(check, waiting(messages), { evidence });
  return failed(check, `Messages have been waiting in ${name} for more than an hour.`, {
    remedy:
      'Check that the queue functions are enabled and the app is running. If it is busy, raise the maximum number of instances.',
    command:
      'az functionapp config appsettings list --resource-group $AZURE_RESOURCE_GROUP --name $CONVOKE_FUNCTION_APP_NAME --query "[?ends_with(name, \'Disabled\')]"',
    evidence,
  });
}

/**
 * Each time the host receives an abandoned message, it hides the message for ten minutes. So a hidden message may be in
 * progress or abandoned.
 */
function diagnosePoison(name: string, { messages, oldestMs, evidence }: Measured): Finding {
  const check = `queue.${name}`;
  if (messages === 0) return passed(check, waiting(0), { evidence });
  if (oldestMs === undefined)
    return unknown(
      check,
      `${name} has hidden messages, which are either being processed or abandoned.`,
      {
        remedy:
          'Run the doctor again in half an hour. If they are still there, follow the steps for the poison alert.',
        evidence,
      },
    );
  if (oldestMs <= maxPoisonMs) return passed(check, waiting(messages), { evidence });
  return failed(check, `${name} holds messages that could not be processed.`, {
    remedy:
      'Fix the problems in the other findings, then let the app retry the messages. docs/operations.md has the steps under “Alert: poison”.',
    command: `curl --request POST "$CONVOKE_URL/redrive?queue=${name}" --header "x-functions-key: $CONVOKE_KEY"`,
    evidence,
  });
}

const waiting = (messages: number): string =>
  messages === 0
    ? 'No messages are waiting.'
    : `${messages} ${messages === 1 ? 'message is' : 'messages are'} waiting or being processed.`;
