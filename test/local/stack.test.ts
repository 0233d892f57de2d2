import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueueServiceClient } from '@azure/storage-queue';
import type { HostEvent } from '../../local/functions-host/events';
import { FunctionsHostProcess } from '../../local/functions-host-process';
import { PortTakenError } from '../../local/port-taken';
import { Stack } from '../../local/stack';
import { builtApp } from '../support/harness/built-app';
import { eventually } from '../support/harness/eventually';
import { testSettings, requestBody } from '../support/harness/stack-harness';

const disk = mkdtempSync(join(tmpdir(), 'stack-'));
const events: HostEvent[] = [];
let stack: Stack;

const start = (): Promise<Stack> =>
  Stack.start({
    disk,
    appFolder: builtApp(),
    settings: testSettings,
    onEvent: (event) => events.push(event),
  });

beforeAll(async () => {
  stack = await start();
}, 60_000);

afterAll(async () => {
  await stack.close();
  rmSync(disk, { recursive: true });
});

const create = async (requestId: string): Promise<{ status: number; meetingId: string }> => {
  const response = await fetch(`${stack.url}/api/createMeeting`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(requestBody({ requestId })),
  });
  const { meeting } = (await response.json()) as { meeting: { id: string } };
  return { status: response.status, meetingId: meeting.id };
};

test('the queues of the app are there as soon as the stack is', async () => {
  const service = QueueServiceClient.fromConnectionString(stack.storage.connectionString);
  const names = stack.host.functions.flatMap(({ queueName }) => queueName ?? []);
  expect(names).toContain('meeting-requests');
  expect(names).toContain('meeting-requests-poison');
  const found = names.map((name) => service.getQueueClient(name).exists());
  expect(await Promise.all(found)).toEqual(names.map(() => true));
});

test('an HTTP call is reported with the status that its caller got', async () => {
  expect((await create('told')).status).toBe(201);
  const invocation = await eventually('the invocation', () =>
    events.find((event) => event.type === 'invocation' && event.functionName === 'createMeeting'),
  );
  expect(invocation).toMatchObject({ outcome: 'ok', status: 201 });
});

test('an app that is started again has the port, the storage and the tenant of the one before', async () => {
  const first = await create('again');
  const { url, storage, graph } = stack;
  const { workerPid } = stack.host;
  await stack.restartHost();
  expect(stack.host.workerPid).not.toBe(workerPid);
  expect({ url: stack.url, storage: stack.storage, graph: stack.graph }).toEqual({
    url,
    storage,
    graph,
  });
  expect(await create('again')).toEqual({ ...first, status: 200 });
}, 60_000);

test('a port that is taken is named', async () => {
  const port = Number(new URL(stack.url).port);
  await expect(
    FunctionsHostProcess.start({ port, environment: stack.environment }),
  ).rejects.toEqual(new PortTakenError(port));
  const { blob } = stack.storage.endpoints;
  const taken = Number(new URL(blob).port);
  await expect(
    Stack.startWithoutHost({ storagePorts: { blob: taken, queue: 0, table: 0 } }),
  ).rejects.toEqual(new PortTakenError(taken));
}, 60_000);

test('a stack on a disk knows its meetings after the next start', async () => {
  const { meetingId } = await create('kept');
  await stack.close();
  stack = await start();
  expect(stack.graph.meetings.byId(meetingId)?.meeting.subject).toBe('Parent evening');
  expect((await create('kept')).status).toBe(200);
}, 60_000);
