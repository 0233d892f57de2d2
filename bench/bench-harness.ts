import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  QueueClient,
  QueueServiceClient,
} from '@azure/storage-queue';
import { generateTableSas, TableClient, AzureNamedKeyCredential } from '@azure/data-tables';
import { Stack } from '../local/stack';
import { Azurite } from '../local/storage';

export interface BenchHarnessOptions {
  readonly inMemory?: boolean;
  readonly queuesApart?: boolean;
}

/** The simulators and storage, set up for the baselines and the app. */
export class BenchHarness {
  readonly stack: Stack;
  readonly #disk: string;
  readonly #queuesApart: Azurite | undefined;

  private constructor(stack: Stack, disk: string, queuesApart: Azurite | undefined) {
    this.stack = stack;
    this.#disk = disk;
    this.#queuesApart = queuesApart;
  }

  /**
   * Storage is on disk by default: in memory it answers faster, but Azurite stops for seconds now and then to collect
   * what was deleted. Queues can have an Azurite of their own: some hundred meetings a second saturate one process for
   * all of storage.
   */
  static async start({
    inMemory = false,
    queuesApart = false,
  }: BenchHarnessOptions = {}): Promise<BenchHarness> {
    const disk = await mkdtemp(join(tmpdir(), 'convoke-bench-'));
    const stack = await Stack.startWithoutHost(inMemory ? {} : { disk: join(disk, 'all') });
    const apart = queuesApart ? await Azurite.start({ folder: join(disk, 'queues') }) : undefined;
    const harness = new BenchHarness(stack, disk, apart);
    for (const name of tableNames) await harness.table(name).createTable();
    for (const name of queueNames) await harness.queue(name).createIfNotExists();
    return harness;
  }

  /** The environment of a process of the app or of a baseline. */
  get environment(): Readonly<Record<string, string>> {
    return {
      ...this.stack.environment,
      AzureWebJobsStorage: this.connectionString,
      BENCH_RESULTS: loopResults,
      BENCH_TABLE_URL: this.#tableUrl(),
      BENCH_RESULTS_URL: this.#queueUrl(loopResults),
    };
  }

  get connectionString(): string {
    return this.stack.storage.connectionString.replace(
      /QueueEndpoint=[^;]*/,
      `QueueEndpoint=${(this.#queuesApart ?? this.stack.storage).endpoints.queue}`,
    );
  }

  queue(name: string): QueueClient {
    return new QueueClient(this.connectionString, name);
  }

  table(name: string): TableClient {
    return TableClient.fromConnectionString(this.stack.storage.connectionString, name, {
      allowInsecureConnection: true,
    });
  }

  /** Azurite slows down with full queues and tables, and Azure does not, so they are emptied between rounds. */
  async clear(): Promise<void> {
    for (const name of queueNames) await this.queue(name).clearMessages();
    for (const name of tableNames) {
      await this.table(name).deleteTable();
      await this.table(name).createTable();
    }
    this.stack.graph.log.clear();
  }

  /** Graph's latency in milliseconds. */
  setLatency(ms: number): void {
    this.stack.graph.setFaults({ rules: [{ fault: { kind: 'latency', ms } }] });
  }

  async close(): Promise<void> {
    await this.stack.close();
    await this.#queuesApart?.close();
    await rm(this.#disk, { recursive: true, force: true });
  }

  #queueUrl(name: string): string {
    const service = QueueServiceClient.fromConnectionString(this.connectionString);
    const { search } = new URL(
      service.generateAccountSasUrl(
        inAnHour(),
        AccountSASPermissions.parse('a'),
        AccountSASResourceTypes.parse('o').toString(),
      ),
    );
    return `${this.queue(name).url}${search}`;
  }

  #tableUrl(): string {
    const [, accountName = ''] =
      /AccountName=([^;]+)/.exec(this.stack.storage.connectionString) ?? [];
    const [, accountKey = ''] =
      /AccountKey=([^;]+)/.exec(this.stack.storage.connectionString) ?? [];
    const sas = generateTableSas(
      'BenchLoop',
      new AzureNamedKeyCredential(accountName, accountKey),
      {
        permissions: { add: true, update: true, query: true, delete: false },
        expiresOn: inAnHour(),
      },
    );
    return `${this.stack.storage.endpoints.table}/BenchLoop?${sas}`;
  }
}

const loopResults = 'bench-results';
const queueNames = ['meeting-requests', 'meeting-results', 'bench-empty', loopResults];
const tableNames = ['MeetingRequests', 'BenchLoop'];
const inAnHour = (): Date => new Date(Date.now() + 3_600_000);
