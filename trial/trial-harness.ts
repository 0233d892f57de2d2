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

/** How the parts of a trial are started. */
interface TrialHarnessOptions {
  readonly seed: number;
  readonly hosts: number;
  /** Number of requests in the trial. */
  readonly requests: number;
  /** On an idle machine. */
  readonly graphTimeoutSeconds: number;
  /** Visibility timeout of a message in progress, in seconds, on an idle machine. The work of a killed instance waits as long. */
  readonly leaseSeconds: number;
  /** Probability of losing a call to storage, and of losing its response. */
  readonly storageFaults: number;
  /** Number of requests to Graph that the simulator keeps. */
  readonly logCapacity: number;
  /** The build of the app that instances run. */
  readonly appFolder: string;
}

/** Time for running calls to end before Azurite closes, in milliseconds: it does not store calls that it confirms while closing. */
const lastCallsMs = 2_000;

const portsOf = ({
  endpoints: { blob, queue, table },
}: Azurite): NonNullable<AzuriteOptions['ports']> => {
  const port = (url: string): number => Number(new URL(url).port);
  return { blob: port(blob), queue: port(queue), table: port(table) };
};

/** Several instances of the app and everything around them; all of them can fail. */
export class TrialHarness {
  readonly graph: GraphSimulator;
  readonly faults: StorageFaults;
  kills = 0;
  storageRestarts = 0;
  poolChanges = 0;
  timerRuns = 0;
  /** URLs of the instances that are cleaning up. */
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
  #isStopped = false;
  /** Ends when every instance that ended by itself has been replaced. */
  #replacements: Promise<unknown> = Promise.resolve();
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

  /** Runs this build from now on, and kills the instances of another one. */
  async replaceApp(folder: string): Promise<void> {
    this.#appFolder = folder;
    await Promise.all(this.#hosts.map(() => this.killOne()));
  }

  /** Kills the oldest instance during its work, and starts another. */
  async killOne(): Promise<void> {
    const [oldest, ...others] = this.#hosts;
    this.#hosts = others;
    await oldest?.kill();
    this.kills += 1;
    await this.#storageIsThere;
    await this.#addHost();
  }

  /** A member leaves the organizer pool, and the previous one returns. */
  changePool(): void {
    this.poolChanges += 1;
    this.graph.tenant.update(tenantAfter(this.poolChanges));
  }

  /** Makes storage unavailable for a few seconds. Like the real one, it keeps what it has confirmed. */
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

  /** Replaces an instance that ended by itself, as the platform does, for example after a long outage of storage. */
  #replace(host: FunctionsHostProcess): void {
    if (this.#isStopped || !this.#hosts.includes(host)) return;
    this.#hosts = this.#hosts.filter((other) => other !== host);
    const replacement = this.#storageIsThere.then(() => this.#addHost());
    this.#replacements = Promise.all([this.#replacements, replacement]);
  }

  /** A listener that records the events of an instance. */
  #noting(): (event: HostEvent) => void {
    let url = '';
    return (event) => {
      if (event.type === 'ready') this.cleaning.delete((url = event.url));
      if (event.type !== 'invocation' || event.trigger !== 'timer') return;
      if (event.outcome === 'ok') this.timerRuns += 1;
      if (event.functionName === 'cleanUp') this.cleaning.delete(url);
    };
  }

  /** Kills all instances for good. */
  async stopHosts(): Promise<void> {
    this.#isStopped = true;
    await this.#replacements;
    const hosts = this.#hosts;
    this.#hosts = [];
    await Promise.all(hosts.map((host) => host.kill()));
  }

  async close(): Promise<void> {
    await this.stopHosts();
    await Promise.all([this.graph.close(), this.#identity.close(), this.#proxy.close()]);
    await this.#storage.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
