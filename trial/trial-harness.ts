import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostEvent } from '../local/functions-host/events';
import { FunctionsHostProcess } from '../local/functions-host-process';
import { GraphSimulator, Tenant } from '../local/graph-simulator';
import { seededRandom } from '../local/graph-simulator/random';
import { IdentitySimulator } from '../local/identity-simulator';
import { Azurite, type AzuriteOptions } from '../local/storage';
import { Pace } from './pace';
import { warmUp } from './storage/warm-up';
import { fillOne, poolSettings, tenantAfter } from './pool';
import { StorageProxy } from './storage/storage-proxy';
import { StorageWatch } from './storage/storage-watch';
import { graphFaults, StorageFaults } from './trouble/trial-faults';

export interface TrialHarnessOptions {
  readonly seed: number;
  readonly hosts: number;
  /** How many requests the trial sends. */
  readonly requests: number;
  /** On an idle machine. */
  readonly graphTimeoutSeconds: number;
  /**
   * How long a message is hidden while an instance processes it, and therefore how long a killed one's work waits; on an idle
   * machine.
   */
  readonly leaseSeconds: number;
  /** Probability that a call to storage is lost, and that its answer is. */
  readonly storageFaults: number;
  /** Number of requests to Graph that the simulator keeps. */
  readonly logCapacity: number;
  /** The build of the app that instances run. */
  readonly appFolder: string;
}

/** Azurite does not write what it confirms while it is closed. So all calls end first: in milliseconds, with room to spare. */
const lastCallsMs = 2_000;

const portsOf = ({
  endpoints: { blob, queue, table },
}: Azurite): NonNullable<AzuriteOptions['ports']> => {
  const port = (url: string): number => Number(new URL(url).port);
  return { blob: port(blob), queue: port(queue), table: port(table) };
};

/** Everything around the app, and several instances of it, all of which can fail. */
export class TrialHarness {
  readonly graph: GraphSimulator;
  readonly faults: StorageFaults;
  kills = 0;
  storageRestarts = 0;
  poolChanges = 0;
  timerRuns = 0;
  /** URLs of the instances that clean up since they were told to. */
  readonly cleaning = new Set<string>();
  readonly pace = new Pace(Date.now);
  readonly watch = new StorageWatch(this.pace);
  readonly #options: TrialHarnessOptions;
  readonly #folder: string;
  readonly #identity: IdentitySimulator;
  readonly #proxy: StorageProxy;
  #storage: Azurite;
  #storageIsThere = Promise.resolve();
  #hosts: FunctionsHostProcess[] = [];
  #appFolder: string;

  private constructor(
    options: TrialHarnessOptions,
    parts: {
      readonly folder: string;
      readonly storage: Azurite;
      readonly identity: IdentitySimulator;
      readonly graph: GraphSimulator;
      readonly proxy: StorageProxy;
    },
  ) {
    this.#options = options;
    this.#folder = parts.folder;
    this.#storage = parts.storage;
    this.#identity = parts.identity;
    this.#proxy = parts.proxy;
    this.graph = parts.graph;
    this.faults = new StorageFaults(options.storageFaults, seededRandom(options.seed + 1));
    this.#appFolder = options.appFolder;
    this.#proxy.interfere = this.watch.watching(() => 'pass');
  }

  static async start(options: TrialHarnessOptions): Promise<TrialHarness> {
    const folder = mkdtempSync(join(tmpdir(), 'convoke-trial-'));
    const tenant = new Tenant(tenantAfter(0));
    const { seed, logCapacity } = options;
    const storage = await Azurite.start({ folder, isLarge: true });
    const [identity, graph, proxy] = await Promise.all([
      IdentitySimulator.start({ tenant }),
      GraphSimulator.start({ tenant, seed, logCapacity, faults: graphFaults(seed) }),
      StorageProxy.start(storage),
    ]);
    const harness = new TrialHarness(options, { folder, storage, identity, graph, proxy });
    await warmUp(proxy.connectionString);
    await fillOne(storage.connectionString, options.requests);
    harness.#loseSomeCalls();
    await Promise.all(Array.from({ length: options.hosts }, () => harness.#addHost()));
    return harness;
  }

  /** For reading results, without faults. */
  get connectionString(): string {
    return this.#storage.connectionString;
  }

  /** For the app and those who send it messages. */
  get appConnectionString(): string {
    return this.#proxy.connectionString;
  }

  /** Base URLs of the instances that run. */
  get urls(): readonly string[] {
    return this.#hosts.map(({ url }) => url);
  }

  #loseSomeCalls(): void {
    this.#proxy.interfere = this.watch.watching(this.faults.interfere);
  }

  /** From now on instances run this build; those that run another are killed. */
  async replaceApp(folder: string): Promise<void> {
    this.#appFolder = folder;
    await Promise.all(this.#hosts.map(() => this.killOne()));
  }

  /** Kills the instance that has run longest, in the middle of its work, and starts another. */
  async killOne(): Promise<void> {
    const [oldest, ...others] = this.#hosts;
    this.#hosts = others;
    await oldest?.kill();
    this.kills += 1;
    await this.#storageIsThere;
    await this.#addHost();
  }

  /** Somebody leaves the pool of organizers, and who left before them comes back. */
  changePool(): void {
    this.poolChanges += 1;
    this.graph.tenant.update(tenantAfter(this.poolChanges));
  }

  /** Storage is unavailable for some seconds. It keeps what it has confirmed, as the real one does. */
  async restartStorage(): Promise<void> {
    this.#storageIsThere = this.#restartStorage();
    await this.#storageIsThere;
  }

  async #restartStorage(): Promise<void> {
    this.#proxy.interfere = this.watch.watching(() => 'break');
    await sleep(lastCallsMs);
    await this.#storage.close();
    this.#storage = await Azurite.start({
      folder: this.#folder,
      isLarge: true,
      ports: portsOf(this.#storage),
    });
    this.storageRestarts += 1;
    this.#loseSomeCalls();
  }

  async #addHost(): Promise<void> {
    const { leaseSeconds, graphTimeoutSeconds } = this.pace.timesFor(this.#options);
    const host = await FunctionsHostProcess.start({
      appFolder: this.#appFolder,
      leaseSeconds,
      environment: {
        AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
        AzureWebJobsStorage: this.#proxy.connectionString,
        GRAPH_BASE_URL: this.graph.url,
        GRAPH_SCOPE: 'https://graph.microsoft.com/.default',
        CALENDAR_GROUP: 'Convoke organizers',
        GRAPH_TIMEOUT_SECONDS: String(graphTimeoutSeconds),
        BATCH_WINDOW: '100',
        ...poolSettings(this.#options.requests),
        ...this.#identity.environment,
      },
      onEvent: this.#noting(),
    });
    this.#hosts.push(host);
    host.onExit(() => this.#replace(host));
  }

  /** An instance that ended by itself, as it does when storage is away for long, is started again by the platform. */
  #replace(host: FunctionsHostProcess): void {
    if (!this.#hosts.includes(host)) return;
    this.#hosts = this.#hosts.filter((other) => other !== host);
    void this.#storageIsThere.then(() => this.#addHost());
  }

  /** What one instance does. */
  #noting(): (event: HostEvent) => void {
    let url = '';
    return (event) => {
      if (event.type === 'ready') this.cleaning.delete((url = event.url));
      if (event.type !== 'invocation' || event.trigger !== 'timer') return;
      if (event.outcome === 'ok') this.timerRuns += 1;
      if (event.functionName === 'cleanUp') this.cleaning.delete(url);
    };
  }

  async close(): Promise<void> {
    const hosts = this.#hosts;
    this.#hosts = [];
    await Promise.all(hosts.map((host) => host.kill()));
    await Promise.all([this.graph.close(), this.#identity.close(), this.#proxy.close()]);
    await this.#storage.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
