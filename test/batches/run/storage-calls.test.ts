import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ContainerClient } from '@azure/storage-blob';
import { makeBatchRows } from '../../../src/adapters/storage/batches/batch-rows';
import { acceptBatch } from '../../../src/batches/intake/accept-batch';
import type { OpenedBatch } from '../../../src/batches/issue-token';
import { asBody, BatchHarness, someRows } from '../../support/harness/batch-harness';

/** Counts all calls and accepts them. */
class BlobServer {
  readonly calls: string[] = [];
  onCall: () => void = () => {};
  readonly #server: Server = createServer((request, response) => {
    this.calls.push(request.method ?? '');
    this.onCall();
    request.resume().on('end', () => response.writeHead(201).end());
  });

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get container(): ContainerClient {
    const { port } = this.#server.address() as AddressInfo;
    return new ContainerClient(`http://127.0.0.1:${port}/account/batches`);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

const server = new BlobServer();
beforeAll(() => server.listen());
afterAll(() => server.close());
beforeEach(() => {
  server.calls.length = 0;
  server.onCall = () => {};
});

const sheetOf = (rows: number): string =>
  ['organizer;timeZone;durationMinutes;subject;startDateTime']
    .concat(
      Array.from(
        { length: rows },
        (_, index) => `anna@contoso.com;Europe/Lisbon;30;Evening ${index};2026-12-01T14:30:00`,
      ),
    )
    .join('\n');

const bodies = {
  json: (rows: number) => asBody(someRows(rows)),
  csv: (rows: number) => asBody(sheetOf(rows)),
};

const accept = (
  harness: BatchHarness,
  format: 'json' | 'csv',
  rows: number,
): Promise<OpenedBatch> =>
  acceptBatch(
    { body: bodies[format](rows), format, defaults: {} },
    { ...harness.deps, rows: makeBatchRows(() => server.container, harness.deps.clock) },
  );

describe.each(['json', 'csv'] as const)('taking in a batch of %s', (format) => {
  test.each([1, 100, 5_000])('of %i rows takes four calls to storage', async (rows) => {
    const harness = new BatchHarness();
    const { batch } = await accept(harness, format, rows);

    expect(batch).toMatchObject({ total: rows, rejected: 0 });
    expect(server.calls).toEqual(['PUT']);
    // Into the list of batches, into their table, and onto the queue.
    expect(harness.calls).toBe(3);
  });

  test('lets other work run after every chunk', async () => {
    let turns = 0;
    let turnsBefore = 0;
    let done = false;
    const count = (): void => {
      turns += 1;
      if (!done) setImmediate(count);
    };
    server.onCall = () => {
      turnsBefore = turns;
    };
    setImmediate(count);
    await accept(new BatchHarness(), format, 5_000);
    done = true;

    expect(turnsBefore).toBeGreaterThanOrEqual(50);
  });
});
