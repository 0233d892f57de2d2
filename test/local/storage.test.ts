import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import { generate } from 'selfsigned';
import { Azurite } from '../../local/storage';

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'convoke-'));
}

async function isServing({ endpoints }: Pick<Azurite, 'endpoints'>): Promise<boolean> {
  return fetch(endpoints.queue).then(
    () => true,
    () => false,
  );
}

/** A process has ended when its connections close. */
async function untilStopped({ endpoints }: Pick<Azurite, 'endpoints'>): Promise<void> {
  const { hostname, port } = new URL(endpoints.queue);
  const socket = connect(Number(port), hostname).resume();
  const closed = new Promise((resolve) => socket.once('close', resolve));
  // A reset counts as a close too; `events.once` would reject.
  socket.on('error', () => undefined);
  await closed;
}

/** Starts Azurite in a separate process, compiled as jest compiles it. */
const parentScript = `
  const { transformFileSync } = require('@swc/core');
  require.extensions['.ts'] = (module, file) => module._compile(transformFileSync(file, {
    jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }).code, file);
  require('./local/storage.ts').Azurite.start().then(({ pid, endpoints }) =>
    console.log(JSON.stringify({ pid, endpoints })));
`;

describe('Azurite', () => {
  test('serves blobs, queues and tables on free ports', async () => {
    const azurite = await Azurite.start();
    try {
      const text = azurite.connectionString;
      const blobs = BlobServiceClient.fromConnectionString(text).getContainerClient('notes');
      await blobs.create();
      await blobs.getBlockBlobClient('a.txt').upload('abc', 3);
      expect((await blobs.getBlobClient('a.txt').downloadToBuffer()).toString()).toBe('abc');

      const queue = QueueServiceClient.fromConnectionString(text).getQueueClient('letters');
      await queue.create();
      await queue.sendMessage('hello');
      expect((await queue.receiveMessages()).receivedMessageItems[0]?.messageText).toBe('hello');

      const table = TableClient.fromConnectionString(text, 'Rows', {
        allowInsecureConnection: true,
      });
      await table.createTable();
      await table.createEntity({ partitionKey: 'p', rowKey: 'r', count: 3 });
      expect(await table.getEntity('p', 'r')).toMatchObject({ count: 3 });
    } finally {
      await azurite.close();
    }
    expect(isRunning(azurite.pid)).toBe(false);
  });

  test.each([
    ['as it comes', {}],
    ['when it is closed', { isLarge: true } as const],
  ])('keeps its data in a folder, written %s', async (_when, options) => {
    const folder = await temporaryFolder();
    const first = await Azurite.start({ folder, ...options });
    const created = QueueServiceClient.fromConnectionString(first.connectionString);
    await created.getQueueClient('kept').create();
    await first.close();

    const second = await Azurite.start({ folder, ...options });
    const found = QueueServiceClient.fromConnectionString(second.connectionString);
    expect(await found.getQueueClient('kept').exists()).toBe(true);
    await second.close();
    await rm(folder, { recursive: true });
  });

  test('names the port that is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(Azurite.start({ ports: { blob: 0, queue: port, table: 0 } })).rejects.toThrow(
      `Port ${port} is in use`,
    );
    other.close();
  });

  test('kill ends it at once, and closing it afterwards does nothing', async () => {
    const azurite = await Azurite.start();
    await azurite.kill();
    expect(isRunning(azurite.pid)).toBe(false);
    await azurite.close();
  });

  test('listens on HTTPS when it takes Entra tokens', async () => {
    const folder = await temporaryFolder();
    const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
    const oauth = { certificatePath: join(folder, 'cert.pem'), keyPath: join(folder, 'key.pem') };
    await writeFile(oauth.certificatePath, cert);
    await writeFile(oauth.keyPath, key);
    const azurite = await Azurite.start({ oauth });
    expect(azurite.endpoints.table).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/devstoreaccount1$/);
    expect(azurite.connectionString).toContain('DefaultEndpointsProtocol=https;');
    await azurite.close();
    await rm(folder, { recursive: true });
  });

  test('ends when the process that started it is killed', async () => {
    const parent = spawn(process.execPath, ['-e', parentScript], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = (await once(parent.stdout.setEncoding('utf8'), 'data')) as [string];
    const azurite = JSON.parse(printed) as Pick<Azurite, 'pid' | 'endpoints'>;
    expect(await isServing(azurite)).toBe(true);
    parent.kill('SIGKILL');
    await untilStopped(azurite);
    expect(await isServing(azurite)).toBe(false);
  });
});
