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

/** The simulators and storage, with what the baselines and the app need there. */
export class Surroundings {
  readonly stack: Stack;
  readonly #disk: string;

  private constructor(stack: Stack, disk: string) {
    this.stack = stack;
    this.#disk = disk;
  }

  /**
   * Storage is on disk by default: in memory it answers more quickly, and Azurite stands still for seconds now and then to
   * collect what was deleted.
   */
  static async start({
    inMemory = false,
  }: { readonly inMemory?: boolean } = {}): Promise<Surroundings> {
    const disk = await mkdtemp(join(tmpdir(), 'convoke-bench-'));
    const options = inMemory ? {} : { disk };
    const surroundings = new Surroundings(await Stack.startWithoutHost(options), disk);
    await surroundings.table('BenchLoop').createTable();
    for (const name of queueNames) await surroundings.queue(name).createIfNotExists();
    return surroundings;
  }

  /** What a process of the app or of a baseline finds in its environment. */
  get environment(): Readonly<Record<string, string>> {
    return {
      ...this.stack.environment,
      BENCH_RESULTS: loopResults,
      BENCH_TABLE_URL: this.#tableUrl(),
      BENCH_RESULTS_URL: this.#queueUrl(loopResults),
    };
  }

  queue(name: string): QueueClient {
    return new QueueClient(this.stack.storage.connectionString, name);
  }

  table(name: string): TableClient {
    return TableClient.fromConnectionString(this.stack.storage.connectionString, name, {
      allowInsecureConnection: true,
    });
  }

  /** Azurite slows down with what lies in its queues, and Azure does not; so results are taken away between rounds. */
  async clear(): Promise<void> {
    for (const name of queueNames) await this.queue(name).clearMessages();
    this.stack.graph.log.clear();
  }

  /** How long Graph takes to answer, in milliseconds. */
  setLatency(ms: number): void {
    this.stack.graph.setFaults({ rules: [{ fault: { kind: 'latency', ms } }] });
  }

  async close(): Promise<void> {
    await this.stack.close();
    await rm(this.#disk, { recursive: true, force: true });
  }

  #queueUrl(name: string): string {
    const service = QueueServiceClient.fromConnectionString(this.stack.storage.connectionString);
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
const inAnHour = (): Date => new Date(Date.now() + 3_600_000);
