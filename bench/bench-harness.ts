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
import { Azurite, type StorageAccount } from '../local/storage';
import { StorageStandIn } from './storage-stand-in/process';

/** Storage in a process of its own. */
type MeasuredStorage = StorageAccount & {
  readonly pid: number;
  readonly close: () => Promise<void>;
};

/**
 * - `azurite` keeps all on disk.
 * - `azuriteInMemory` answers faster, but stops for seconds now and then to collect what was deleted.
 * - `standIn` costs next to nothing: for rows whose subject is the app.
 */
export type StorageKind = 'azurite' | 'azuriteInMemory' | 'standIn';

const starts: Readonly<Record<StorageKind, (folder: string) => Promise<MeasuredStorage>>> = {
  azurite: (folder) => Azurite.start({ folder: join(folder, 'storage') }),
  azuriteInMemory: () => Azurite.start(),
  standIn: () => StorageStandIn.start(),
};

/** The simulators and storage, set up for the baselines and the app. */
export class BenchHarness {
  readonly stack: Stack;
  readonly storage: MeasuredStorage;
  readonly #disk: string;

  private constructor(stack: Stack, storage: MeasuredStorage, disk: string) {
    this.stack = stack;
    this.storage = storage;
    this.#disk = disk;
  }

  static async start(kind: StorageKind = 'azurite'): Promise<BenchHarness> {
    const disk = await mkdtemp(join(tmpdir(), 'convoke-bench-'));
    const storage = await starts[kind](disk);
    const stack = await Stack.startWithoutHost({ storage });
    const harness = new BenchHarness(stack, storage, disk);
    for (const name of tableNames) await harness.table(name).createTable();
    for (const name of queueNames) await harness.queue(name).createIfNotExists();
    return harness;
  }

  /** The environment of a process of the app or of a baseline. */
  get environment(): Readonly<Record<string, string>> {
    return {
      ...this.stack.environment,
      BENCH_RESULTS: loopResults,
      BENCH_TABLE_URL: this.#tableUrl(),
      BENCH_RESULTS_URL: this.#queueUrl(loopResults),
    };
  }

  queue(name: string): QueueClient {
    return new QueueClient(this.storage.connectionString, name);
  }

  table(name: string): TableClient {
    return TableClient.fromConnectionString(this.storage.connectionString, name, {
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
    await this.storage.close();
    await rm(this.#disk, { recursive: true, force: true });
  }

  #queueUrl(name: string): string {
    const service = QueueServiceClient.fromConnectionString(this.storage.connectionString);
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
    const [, accountName = ''] = /AccountName=([^;]+)/.exec(this.storage.connectionString) ?? [];
    const [, accountKey = ''] = /AccountKey=([^;]+)/.exec(this.storage.connectionString) ?? [];
    const sas = generateTableSas(
      'BenchLoop',
      new AzureNamedKeyCredential(accountName, accountKey),
      {
        permissions: { add: true, update: true, query: true, delete: false },
        expiresOn: inAnHour(),
      },
    );
    return `${this.storage.endpoints.table}/BenchLoop?${sas}`;
  }
}

const loopResults = 'bench-results';
const queueNames = ['meeting-requests', 'meeting-results', 'bench-empty', loopResults];
const tableNames = ['MeetingRequests', 'BenchLoop'];
const inAnHour = (): Date => new Date(Date.now() + 3_600_000);
