import type { TokenCredential } from '@azure/identity';
import { makeGraphProbe } from '../adapters/graph/probe';
import { probeAccess, probeQueue } from '../adapters/storage/probe';
import { countMeetings } from '../adapters/storage/requests/organizer-counts';
import { makeStorageClients } from '../adapters/storage/clients';
import { ConfigError, loadConfig, type Config, type Environment } from '../config/config';
import { version } from '../config/version';
import type { Installation } from '../doctor/installation';
import type { CheckContext } from '../doctor/run-checks';
import type { Probes, StorageResource } from '../doctor/probes';
import { makeDoctorHandler } from '../handlers/http/doctor';
import type { HttpHandler } from '../handlers/http/response';
import * as names from '../config/resource-names';

/** The queues, tables and containers of the app. */
const resources: readonly StorageResource[] = [
  ...[...names.triggerQueues, names.resultsQueue].map((name) => ({ kind: 'queue' as const, name })),
  ...[names.requestsTable, names.batchesTable].map((name) => ({ kind: 'table' as const, name })),
  ...[names.batchesContainer, names.messagesContainer].map((name) => ({
    kind: 'container' as const,
    name,
  })),
];

interface DoctorDependencies {
  readonly environment: Environment;
  readonly credentialFor: (clientId: string | undefined) => TokenCredential;
  readonly now: () => Date;
}

function makeProbes(
  { storage, graph }: Config,
  { credentialFor, now }: DoctorDependencies,
): Probes {
  // More tries would hide a problem. The second is for a kept-alive connection that storage has closed.
  const clients = makeStorageClients(storage, { tries: 2 });
  const graphProbe = makeGraphProbe({
    credential: credentialFor(graph.clientId),
    scope: graph.scope,
    baseUrl: graph.baseUrl,
    now,
  });
  return {
    ...graphProbe,
    access: (resource) => probeAccess(resource, clients),
    queue: (name) => probeQueue(clients.queue(name), now()),
    meetings: (ids) => countMeetings(clients.table(names.requestsTable), ids, now()),
  };
}

function installationOf({ signIn, telemetry }: Config): Installation {
  const { applicationInsights, otlpEndpoint, hostProtocol } = telemetry;
  return {
    version,
    nodeVersion: process.versions.node,
    signIn,
    telemetry: {
      applicationInsights: applicationInsights !== undefined,
      withIdentity: applicationInsights?.identity !== undefined,
      collector: otlpEndpoint !== undefined,
      hostProtocol,
    },
  };
}

function makeCheckContext(deps: DoctorDependencies): CheckContext {
  const healthy = { settingProblems: [], resources, inbound: names.triggerQueues, now: deps.now };
  try {
    const config = loadConfig(deps.environment);
    const { baseUrl, scope } = config.graph;
    return {
      ...healthy,
      graphBaseUrl: baseUrl,
      graphScope: scope,
      probes: makeProbes(config, deps),
      installation: installationOf(config),
      calendarGroup: config.calendars.group,
      pools: config.pools,
    };
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    return {
      ...healthy,
      settingProblems: thrown.problems,
      graphBaseUrl: '',
      graphScope: '',
      probes: undefined,
      installation: undefined,
    };
  }
}

/** The doctor. It works even if the settings are too wrong for the app. */
export const makeDoctor = (deps: DoctorDependencies): HttpHandler =>
  makeDoctorHandler(makeCheckContext(deps));
