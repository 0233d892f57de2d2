import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { QueueClient } from '@azure/storage-queue';
import { QueueListener } from '../../../../local/functions-host/queue/listener';

const settings = {
  batchSize: 1,
  newBatchThreshold: 0,
  maxPollingIntervalMs: 1,
  visibilityTimeoutSeconds: 0,
  maxDequeueCount: 1,
  messageEncoding: 'none',
} as const;

/** A listener on storage with these answers; each takes `milliseconds`. */
async function listen(answer: RequestListener, stepMs: number) {
  let polls = 0;
  const polled = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    polls += 1;
    if (polls > 3) polled.resolve();
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const fatal = Promise.withResolvers<string>();
  const problems: string[] = [];
  let now = 0;
  const listener = new QueueListener({
    queue: new QueueClient(`http://127.0.0.1:${port}/account/work`, undefined, {
      retryOptions: { maxTries: 1 },
    }),
    settings,
    leaseSeconds: 1,
    process: () => Promise.resolve(),
    emit: (event) => void (event.type === 'problem' && problems.push(event.message)),
    random: () => 0,
    now: () => (now += stepMs),
    onFatal: fatal.resolve,
  });
  listener.start();
  const close = async (): Promise<void> => {
    await listener.stop();
    server.closeAllConnections();
    server.close();
  };
  return { fatal: fatal.promise, polled: polled.promise, problems, close };
}

test('storage that does not answer ends the host after half a minute', async () => {
  const { fatal, problems, close } = await listen((request) => request.socket.destroy(), 10_000);
  expect(await fatal).toMatch(
    /^Receiving from work failed.*Storage does not respond, so the host ends/,
  );
  expect(problems).toEqual([expect.stringContaining('Trying again for half a minute')]);
  await close();
});

test('storage that refuses ends the host at once', async () => {
  const refuse: RequestListener = (_, response) => response.writeHead(403).end();
  const { fatal, problems, close } = await listen(refuse, 0);
  expect(await fatal).toMatch(/Storage refuses access, so the host ends/);
  expect(problems).toEqual([]);
  await close();
});

test.each([404, 409, 500, 503])('an answer %i is waited out', async (status) => {
  const answer: RequestListener = (_, response) => response.writeHead(status).end();
  const { fatal, polled, problems, close } = await listen(answer, 60_000);
  const first = await Promise.race([fatal, polled.then(() => 'still polling')]);
  expect([first, problems]).toEqual(['still polling', []]);
  await close();
});
