import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { portTakenIn } from './port-taken';

/** The account that every tool knows as "development storage"; its key is public. */
const account = {
  name: 'devstoreaccount1',
  key: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
};

const services = ['blob', 'queue', 'table'] as const;
type PerService<Value> = Readonly<Record<(typeof services)[number], Value>>;

export type AzuriteOptions = {
  /** Where data is kept; without it everything is in memory. */
  readonly folder?: string;
  /** 0, the default, takes a free port. */
  readonly ports?: PerService<number>;
  /** Accept Microsoft Entra tokens too. Azurite does so over HTTPS only. */
  readonly oauth?: { readonly certificatePath: string; readonly keyPath: string };
};

const startLimitMs = 60_000;

/**
 * Azure Storage on this machine, in a process of its own.
 * That process also ends when this one does, however it does.
 */
export class Azurite {
  readonly #child: ChildProcess;
  readonly endpoints: PerService<string>;
  readonly connectionString: string;
  readonly pid: number;

  private constructor(child: ChildProcess, endpoints: PerService<string>) {
    this.#child = child;
    this.pid = child.pid ?? 0;
    this.endpoints = endpoints;
    this.connectionString = toConnectionString(endpoints);
  }

  static async start(options: AzuriteOptions = {}): Promise<Azurite> {
    const child = spawn(process.execPath, toArguments(options), {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    try {
      return new Azurite(child, await readEndpoints(child));
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  /** Stops after what is in memory has been written to the folder. */
  async close(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Stops at once, as a crash would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    await exited;
  }
}

function toArguments({ folder, ports, oauth }: AzuriteOptions): string[] {
  return [
    // The IPC channel breaks when the parent ends; unref, so that it does not outlive the servers.
    '--import',
    'data:text/javascript,process.once("disconnect",()=>process.exit());process.channel.unref()',
    join(dirname(require.resolve('azurite/package.json')), 'dist/src/azurite.js'),
    '--silent',
    '--disableTelemetry',
    '--skipApiVersionCheck',
    ...(folder === undefined ? ['--inMemoryPersistence'] : ['--location', folder]),
    ...services.flatMap((name) => [`--${name}Host`, '127.0.0.1']),
    ...services.flatMap((name) => [`--${name}Port`, String(ports?.[name] ?? 0)]),
    ...(oauth === undefined
      ? []
      : ['--oauth', 'basic', '--cert', oauth.certificatePath, '--key', oauth.keyPath]),
  ];
}

/** Azurite prints the address of each service once it listens there. */
async function readEndpoints(child: ChildProcess): Promise<PerService<string>> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('Azurite runs without its output');
  return new Promise((resolve, reject) => {
    let output = '';
    const giveUp = setTimeout(() => reject(startFailure(output)), startLimitMs);
    const fail = (): void => {
      clearTimeout(giveUp);
      reject(startFailure(output));
    };
    const read = (text: string): void => {
      output += text;
      const endpoints = findEndpoints(output);
      if (endpoints === undefined) return;
      clearTimeout(giveUp);
      child.off('close', fail);
      discard(stdout, read);
      discard(stderr, read);
      resolve(endpoints);
    };
    stdout.setEncoding('utf8').on('data', read);
    stderr.setEncoding('utf8').on('data', read);
    child.once('close', fail).once('error', fail);
  });
}

/** A pipe that nobody reads fills up and stops the writer. */
function discard(stream: Readable, reader: (text: string) => void): void {
  stream.off('data', reader).resume();
}

function findEndpoints(output: string): PerService<string> | undefined {
  const find = (service: string): string | undefined =>
    new RegExp(`${service} service is successfully listening at (\\S+)`).exec(output)?.[1];
  const [blob, queue, table] = [find('Blob'), find('Queue'), find('Table')];
  if (blob === undefined || queue === undefined || table === undefined) return undefined;
  const path = `/${account.name}`;
  return { blob: blob + path, queue: queue + path, table: table + path };
}

const startFailure = (output: string): Error =>
  portTakenIn(output) ?? new Error(`Azurite did not start: ${output.trim()}`);

function toConnectionString({ blob, queue, table }: PerService<string>): string {
  return [
    `DefaultEndpointsProtocol=${new URL(blob).protocol.slice(0, -1)}`,
    `AccountName=${account.name}`,
    `AccountKey=${account.key}`,
    `BlobEndpoint=${blob}`,
    `QueueEndpoint=${queue}`,
    `TableEndpoint=${table}`,
    '',
  ].join(';');
}
