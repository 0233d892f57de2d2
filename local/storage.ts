import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { azuritePackage, quickLookups, quickStart, savedWhenClosed } from './azurite-patches';
import { portTakenIn } from './port-taken';

/** The account known as "development storage"; its key is public. */
const developmentAccount = 'devstoreaccount1';
const key =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

const services = ['blob', 'queue', 'table'] as const;
type PerService<Value> = Readonly<Record<(typeof services)[number], Value>>;

/** A storage account and how to connect to it. */
export interface StorageAccount {
  readonly endpoints: PerService<string>;
  readonly connectionString: string;
  /** Process id of its server, if this process started it. */
  readonly pid?: number;
}

export type AzuriteOptions = {
  /** Folder for the data; absent means in memory. */
  readonly folder?: string;
  /** For some ten thousand rows: data is written to the folder only on close, so a crash loses everything. */
  readonly isLarge?: true;
  /** 0, the default, takes a free port. */
  readonly ports?: PerService<number>;
  /** Absent means development storage only. */
  readonly accountNames?: readonly string[];
  /** Accept Microsoft Entra tokens too. Azurite does so over HTTPS only. */
  readonly oauth?: { readonly certificatePath: string; readonly keyPath: string };
};

const startLimitMs = 60_000;

/** Azure Storage on this machine, in a separate process, which ends with this one in any case. */
export class Azurite implements StorageAccount {
  readonly #child: ChildProcess;
  readonly #origins: PerService<string>;
  readonly endpoints: PerService<string>;
  readonly connectionString: string;
  readonly pid: number;

  private constructor(child: ChildProcess, origins: PerService<string>) {
    this.#child = child;
    this.#origins = origins;
    this.pid = child.pid ?? 0;
    ({ endpoints: this.endpoints, connectionString: this.connectionString } =
      this.account(developmentAccount));
  }

  static async start(options: AzuriteOptions = {}): Promise<Azurite> {
    const { accountNames = [developmentAccount] } = options;
    const child = spawn(process.execPath, toArguments(options), {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        AZURITE_ACCOUNTS: accountNames.map((name) => `${name}:${key}`).join(';'),
      },
    });
    try {
      return new Azurite(child, await readOrigins(child));
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  /** One of its accounts. */
  account(name: string): StorageAccount {
    return accountAt(this.#origins, name);
  }

  /** Writes the data in memory to the folder, then stops. */
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

function toArguments({ folder, isLarge, ports, oauth }: AzuriteOptions): string[] {
  return [
    // The IPC channel closes when the parent ends; unref, so that it does not keep the process alive.
    '--import',
    'data:text/javascript,process.once("disconnect",()=>process.exit());process.channel.unref()',
    ...['--import', quickStart, '--import', quickLookups],
    ...(isLarge === true ? ['--import', savedWhenClosed] : []),
    join(dirname(azuritePackage), 'dist/src/azurite.js'),
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
async function readOrigins(child: ChildProcess): Promise<PerService<string>> {
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
      const origins = findOrigins(output);
      if (origins === undefined) return;
      clearTimeout(giveUp);
      child.off('close', fail);
      discard(stdout, read);
      discard(stderr, read);
      resolve(origins);
    };
    stdout.setEncoding('utf8').on('data', read);
    stderr.setEncoding('utf8').on('data', read);
    child.once('close', fail).once('error', fail);
  });
}

/** Keeps reading, because a full pipe would block the writer. */
function discard(stream: Readable, reader: (text: string) => void): void {
  stream.off('data', reader).resume();
}

function findOrigins(output: string): PerService<string> | undefined {
  const find = (service: string): string | undefined =>
    new RegExp(`${service} service is successfully listening at (\\S+)`).exec(output)?.[1];
  const [blob, queue, table] = [find('Blob'), find('Queue'), find('Table')];
  if (blob === undefined || queue === undefined || table === undefined) return undefined;
  return { blob, queue, table };
}

const startFailure = (output: string): Error =>
  portTakenIn(output) ?? new Error(`Azurite did not start: ${output.trim()}`);

/** An account with the public key, at these services. */
export function accountAt(
  { blob, queue, table }: PerService<string>,
  name = developmentAccount,
): StorageAccount {
  const endpoints = {
    blob: `${blob}/${name}`,
    queue: `${queue}/${name}`,
    table: `${table}/${name}`,
  };
  return { endpoints, connectionString: toConnectionString(name, endpoints) };
}

function toConnectionString(name: string, { blob, queue, table }: PerService<string>): string {
  return [
    `DefaultEndpointsProtocol=${new URL(blob).protocol.slice(0, -1)}`,
    `AccountName=${name}`,
    `AccountKey=${key}`,
    `BlobEndpoint=${blob}`,
    `QueueEndpoint=${queue}`,
    `TableEndpoint=${table}`,
    '',
  ].join(';');
}
