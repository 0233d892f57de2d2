#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { GraphCallError, makeGraph } from './graph-api.mjs';

const usage = `Grants the app's identity its Microsoft Graph application permissions, or revokes them.
Run it before the app asks for its first token: tokens are kept for about a day, with the permissions they were issued with.

  node infra/scripts/grant-graph-permissions.mjs [options]

  --client-id <id>        client id of the identity (CONVOKE_IDENTITY_CLIENT_ID)
  --look-up-people        also User.Read.All, to accept organizers by name or email address (CONVOKE_LOOK_UP_PEOPLE=true)
  --organizer-pools       also GroupMember.Read.All, to read who is in an organizer pool (whenever CONVOKE_ORGANIZER_POOLS is set)
  --remove                remove all these permissions
  --dry-run               only show what would be done
  --graph-url <url>       Microsoft Graph of a national cloud (CONVOKE_GRAPH_URL; default https://graph.microsoft.com)
  --tenant-id <id>        tenant to sign in to (AZURE_TENANT_ID)
  --token-from-env <name> environment variable that holds an access token, instead of the sign-in of az or azd
  --wait-seconds <n>      how long to wait until a new identity is known (default 120)
  --help

Requires the role Privileged Role Administrator or Global Administrator.`;

/** Microsoft Graph's application id, the same in every tenant. */
const graphAppId = '00000003-0000-0000-c000-000000000000';
const makeMeetings = 'OnlineMeetings.ReadWrite.All';
const lookUpPeople = 'User.Read.All';
const readPools = 'GroupMember.Read.All';

class UsageError extends Error {}

function readOptions() {
  const { values } = parseArgs({
    options: {
      'client-id': { type: 'string', default: process.env.CONVOKE_IDENTITY_CLIENT_ID },
      'look-up-people': { type: 'boolean', default: process.env.CONVOKE_LOOK_UP_PEOPLE === 'true' },
      'organizer-pools': {
        type: 'boolean',
        default: Boolean(process.env.CONVOKE_ORGANIZER_POOLS),
      },
      remove: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      'graph-url': {
        type: 'string',
        default: process.env.CONVOKE_GRAPH_URL || 'https://graph.microsoft.com',
      },
      'tenant-id': { type: 'string', default: process.env.AZURE_TENANT_ID },
      'token-from-env': { type: 'string' },
      'wait-seconds': { type: 'string', default: '120' },
      help: { type: 'boolean', default: false },
    },
  });
  if (!values.help) check(values);
  return values;
}

function check(options) {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(options['client-id'] ?? '')) {
    throw new UsageError('--client-id must be the client id (a GUID) of the identity.');
  }
  // The operator's token gives access to the whole directory: never send it unencrypted over a network.
  if (!/^(https:\/\/|http:\/\/127\.0\.0\.1:)/.test(options['graph-url'])) {
    throw new UsageError('--graph-url must be an https URL.');
  }
}

async function readToken(options) {
  const variable = options['token-from-env'];
  if (variable !== undefined) {
    const token = process.env[variable];
    if (!token) throw new UsageError(`The environment variable ${variable} is empty.`);
    return token;
  }
  const { AzureCliCredential, AzureDeveloperCliCredential, ChainedTokenCredential } =
    await import('@azure/identity');
  const tenant = options['tenant-id'] ? { tenantId: options['tenant-id'] } : {};
  const credential = new ChainedTokenCredential(
    new AzureCliCredential(tenant),
    new AzureDeveloperCliCredential(tenant),
  );
  const { token } = await credential.getToken(`${options['graph-url']}/.default`);
  return token;
}

/** The changes that grant or revoke the permissions. */
function plan({ permissions, roles, held, remove }) {
  return permissions.map((permission) => {
    const role = roles.find(({ value }) => value === permission);
    if (role === undefined)
      throw new Error(
        `Microsoft Graph does not offer the application permission ${permission} here.`,
      );
    const assignment = held.find(({ appRoleId }) => appRoleId === role.id);
    return { permission, role, assignment, due: remove === (assignment !== undefined) };
  });
}

function describe({ due }, { remove, 'dry-run': dryRun }) {
  if (!due) return remove ? 'was not granted' : 'is already granted';
  return `${dryRun ? 'would be' : 'is now'} ${remove ? 'removed' : 'granted'}`;
}

async function main(options) {
  const graph = makeGraph({
    baseUrl: options['graph-url'].replace(/\/+$/, ''),
    token: await readToken(options),
    waitSeconds: Number(options['wait-seconds']),
  });
  const resource = await graph.servicePrincipal(graphAppId);
  const identity = await graph.servicePrincipal(options['client-id']);
  const held = (await graph.assignments(identity.id)).filter(
    ({ resourceId }) => resourceId === resource.id,
  );
  const { remove } = options;
  const permissions = [
    makeMeetings,
    ...(options['look-up-people'] || remove ? [lookUpPeople] : []),
    ...(options['organizer-pools'] || remove ? [readPools] : []),
  ];
  const steps = plan({ permissions, roles: resource.appRoles, held, remove });

  console.log(`${identity.displayName} (client id ${identity.appId}, object id ${identity.id})`);
  for (const step of steps) {
    const assignment = step.assignment ?? {
      principalId: identity.id,
      resourceId: resource.id,
      appRoleId: step.role.id,
    };
    if (step.due && !options['dry-run']) await (remove ? graph.unassign : graph.assign)(assignment);
    console.log(`  ${step.permission} ${describe(step, options)}`);
  }
  if (!options['dry-run'] && steps.some(({ due }) => due)) {
    console.log(
      'The app’s current token keeps its old permissions until it expires, which can take a day.',
    );
  }
}

try {
  const options = readOptions();
  if (options.help) console.log(usage);
  else await main(options);
} catch (error) {
  console.error(
    error.cause === undefined ? error.message : `${error.message}: ${error.cause.message}`,
  );
  if (error instanceof GraphCallError && [401, 403].includes(error.status)) {
    console.error(
      'Sign in (az login) as Privileged Role Administrator or Global Administrator of the tenant.',
    );
  }
  process.exitCode =
    error instanceof UsageError || error.code?.startsWith('ERR_PARSE_ARGS') ? 2 : 1;
}
