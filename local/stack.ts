import { join } from 'node:path';
import { QueueServiceClient } from '@azure/storage-queue';
import { FunctionsHostProcess, type FunctionsHostOptions } from './functions-host-process';
import type { LocalUser } from './functions-host/http/sign-in';
import { GraphSimulator } from './graph-simulator';
import { organizersGroup } from './graph-simulator/tenant/default-tenant';
import { Tenant } from './graph-simulator/tenant/tenant';
import { IdentitySimulator } from './identity-simulator';
import { Azurite, type StorageAccount } from './storage';

export interface StackOptions extends Pick<
  FunctionsHostOptions,
  'appFolder' | 'leaseSeconds' | 'inspectPort' | 'onEvent'
> {
  /** Port of the Functions host; absent means any free port. */
  readonly port?: number;
  /** An account of an Azurite that outlives the stack; absent means a new Azurite. */
  readonly storage?: StorageAccount;
  /** Ports of Azurite; absent means any free ports. */
  readonly storagePorts?: { readonly blob: number; readonly queue: number; readonly table: number };
  /** Port of the Graph simulator; absent means any free port. */
  readonly graphPort?: number;
  /** Folder for storage and the simulated tenant; absent means in memory. */
  readonly disk?: string;
  /** App settings that differ from the stack's own. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Changes to the simulated tenant. */
  readonly tenant?: object;
  /** Whether users can sign in, as with App Service authentication. */
  readonly signIn?: boolean;
  /** Latency of Graph, in milliseconds. */
  readonly graphLatencyMs?: number;
}

interface ClosableStorage {
  readonly account: StorageAccount;
  readonly close: () => Promise<void>;
}

/**
 * Convoke and everything that it needs on this machine: Azurite, the identity simulator, the Graph simulator, and the
 * app in a Functions host. Used by `npm start` and by the tests.
 */
export class Stack {
  readonly storage: StorageAccount;
  readonly identity: IdentitySimulator;
  readonly graph: GraphSimulator;
  readonly #closeStorage: () => Promise<void>;
  readonly #options: StackOptions;
  readonly #hosts: FunctionsHostProcess[] = [];
  /** Port of the first host, once it has started. */
  #port: number | undefined;
  #onHostEnd: () => void = () => undefined;

  private constructor(
    parts: Pick<Stack, 'identity' | 'graph'> & { readonly storage: ClosableStorage },
    options: StackOptions,
  ) {
    this.storage = parts.storage.account;
    this.#closeStorage = parts.storage.close;
    this.identity = parts.identity;
    this.graph = parts.graph;
    this.#options = options;
  }

  static async start(options: StackOptions = {}): Promise<Stack> {
    const stack = await Stack.startWithoutHost(options);
    try {
      await stack.#addFirstHost(options.port);
      return stack;
    } catch (error) {
      await stack.close();
      throw error;
    }
  }

  /** Starts only storage, identity and Graph. */
  static async startWithoutHost(options: StackOptions = {}): Promise<Stack> {
    const tenant = new Tenant(options.tenant);
    const storage = await storageFor(options);
    const identity = await IdentitySimulator.start({ tenant });
    const graph = await GraphSimulator.start({
      tenant,
      ...(options.graphPort !== undefined && { port: options.graphPort }),
      ...(options.disk !== undefined && { stateFile: join(options.disk, 'graph.json') }),
      ...(options.graphLatencyMs !== undefined && { latencyMs: options.graphLatencyMs }),
    });
    return new Stack({ storage, identity, graph }, options);
  }

  /** Restarts the host with the latest build. Storage, simulators and ports stay. */
  async restartHost(): Promise<void> {
    await this.#hosts.shift()?.close();
    await this.#addFirstHost(this.#port);
  }

  /** Calls the listener when the first host ends by itself. */
  onHostEnd(listener: () => void): void {
    this.#onHostEnd = listener;
  }

  async #addFirstHost(port: number | undefined): Promise<void> {
    const { inspectPort } = this.#options;
    const host = await this.addHost({
      ...(port !== undefined && { port }),
      ...(inspectPort !== undefined && { inspectPort }),
    });
    this.#port = Number(new URL(host.url).port);
    host.onExit(() => {
      if (this.#hosts[0] === host) this.#onHostEnd();
    });
  }

  /** Adds an instance of the app on the same storage. */
  async addHost(more: Partial<FunctionsHostOptions> = {}): Promise<FunctionsHostProcess> {
    const { appFolder, leaseSeconds, onEvent, settings, signIn = false } = this.#options;
    const host = await FunctionsHostProcess.start({
      ...(appFolder !== undefined && { appFolder }),
      ...(leaseSeconds !== undefined && { leaseSeconds }),
      ...(onEvent !== undefined && { onEvent }),
      ...(signIn && { users: usersOf(this.graph.tenant) }),
      ...more,
      environment: {
        ...this.environment,
        ...(signIn && this.#signInSettings),
        ...settings,
        ...more.environment,
      },
    });
    this.#hosts.push(host);
    await this.#createQueues(host);
    return host;
  }

  /** Creates the queues of the app, which otherwise creates them in the background: callers may send messages at once. */
  async #createQueues({ functions }: FunctionsHostProcess): Promise<void> {
    const service = QueueServiceClient.fromConnectionString(this.storage.connectionString);
    const names = functions.flatMap(({ queueName }) => queueName ?? []);
    await Promise.all(names.map((name) => service.getQueueClient(name).createIfNotExists()));
  }

  /** The environment variables that the platform and the operator would set. */
  get environment(): Readonly<Record<string, string>> {
    return {
      AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
      AzureWebJobsStorage: this.storage.connectionString,
      GRAPH_BASE_URL: this.graph.url,
      GRAPH_SCOPE: 'https://graph.microsoft.com/.default',
      CALENDAR_GROUP: 'Convoke organizers',
      ORGANIZER_POOLS: `teachers=${organizersGroup}`,
      ...this.identity.environment,
    };
  }

  get #signInSettings(): Readonly<Record<string, string>> {
    return { WEBSITE_AUTH_ENABLED: 'True', AUTH_TENANT_ID: this.graph.tenant.state.id };
  }

  get host(): FunctionsHostProcess {
    const [first] = this.#hosts;
    if (first === undefined) throw new Error('The stack runs without a Functions host.');
    return first;
  }

  /** Base URL of the first host. */
  get url(): string {
    return this.host.url;
  }

  async close(): Promise<void> {
    await Promise.all(this.#hosts.splice(0).map((host) => host.close()));
    await Promise.all([this.graph.close(), this.identity.close(), this.#closeStorage()]);
  }
}

async function storageFor({ storage, disk, storagePorts }: StackOptions): Promise<ClosableStorage> {
  if (storage !== undefined) return { account: storage, close: () => Promise.resolve() };
  const azurite = await Azurite.start({
    ...(disk !== undefined && { folder: disk }),
    ...(storagePorts !== undefined && { ports: storagePorts }),
  });
  return { account: azurite, close: () => azurite.close() };
}

/** The users who can sign in. The first may make meetings for everybody, the others for themselves. */
const usersOf = ({ organizers, state }: Tenant): readonly LocalUser[] =>
  organizers.map(({ id, displayName, userPrincipalName }, index) => ({
    id,
    tenantId: state.id,
    name: displayName ?? userPrincipalName,
    userName: userPrincipalName,
    roles: index === 0 ? ['Meetings.Create'] : [],
  }));
