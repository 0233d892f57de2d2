import { CommandLineHarness, type Run } from '../support/harness/command-line';
import { eventually } from '../support/harness/eventually';
import { StackHarness } from '../support/harness/stack-harness';

const harness = StackHarness.use();
const { run: convoke, file } = CommandLineHarness.use(harness);
jest.setTimeout(90_000);

const refuseDeletes = (count?: number): void =>
  harness.stack.graph.setFaults({
    rules: [
      {
        match: { method: 'DELETE' },
        ...(count !== undefined && { count }),
        fault: { kind: 'status', status: 403 },
      },
    ],
  });
afterEach(() => harness.stack.graph.setFaults({}));

const sheet = (name: string, rows: readonly string[]): readonly string[] => [
  ...[
    'batch',
    file(`${name}.csv`, ['requestId,organizer,subject,startDateTime', ...rows].join('\n')),
  ],
  ...['--time-zone', 'Europe/Lisbon', '--minutes', '30'],
];
const row = (id: string, organizer = 'anna@contoso.com'): string =>
  `${id},${organizer},Talk,2030-01-15 14:30`;

const batchIdIn = ({ stdout }: Run): string => /Batch (\S+) /.exec(stdout)?.[1] ?? '';

test('a meeting that could not be cancelled is a failure, and its cancel can be repeated', async () => {
  await convoke(sheet('one', [row('x-1')]));
  refuseDeletes(1);
  const failed = await convoke(['cancel', 'x-1']);
  expect(failed).toMatchObject({ exitCode: 1, stdout: '' });
  const again = await convoke(['cancel', 'x-1']);
  expect(again).toMatchObject({ exitCode: 0, stdout: '✓ cancelled x-1\n' });
});

test('cancelling what a batch has made shows each of its meetings, and fails if one is left', async () => {
  const batchId = batchIdIn(
    await convoke(sheet('made', [row('m-1'), row('m-2', 'nobody@contoso.com'), row('m-3')])),
  );
  refuseDeletes(1);
  const partly = await convoke(['cancel', '--meetings', batchId]);
  expect(partly.exitCode).toBe(1);
  expect(
    partly.stdout
      .match(/^\d +m-\d +\w+/gm)
      ?.map((line) => line.replace(/^.* /, ''))
      .sort(),
  ).toEqual(['cancelled', 'failed']);
  const rest = await convoke(['cancel', '--meetings', batchId]);
  expect(rest.stdout).toMatch(/^\d +m-[13] +cancelled$/m);
  expect(rest.stdout).not.toContain('m-2');
  expect(rest.exitCode).toBe(0);
});

test('the state of a batch and of a request is their exit code', async () => {
  const batchId = batchIdIn(
    await convoke(sheet('mixed', [row('s-1'), row('s-2', 'nobody@contoso.com')])),
  );
  const codes = [];
  for (const id of [batchId, 's-1', 's-2']) codes.push((await convoke(['status', id])).exitCode);
  expect(codes).toEqual([1, 0, 1]);
});

test('a request that Graph does not answer yet has its own exit code', async () => {
  harness.stack.graph.setFaults({
    rules: [{ match: {}, fault: { kind: 'status', status: 429, retryAfterSeconds: 60 } }],
  });
  const organizer = 'ben@contoso.com';
  const meeting = { subject: 'x', startDateTime: '2030-01-15T14:30:00Z' };
  const request = { requestId: 'w-1', organizer, durationMinutes: 30, meeting };
  await harness.send(JSON.stringify(request));
  const waiting = await eventually('the request', async () => {
    const run = await convoke(['status', 'w-1']);
    return run.exitCode === 3 ? run : undefined;
  });
  expect(waiting.stdout).toMatch(/^… (waiting|inProgress) w-1, attempts: \d\n$/);
});

test('results with a failure are a failure', async () => {
  await convoke(['results', '--take']);
  await convoke(sheet('good', [row('r-1')]));
  expect((await convoke(['results'])).exitCode).toBe(0);
  await convoke(sheet('bad', [row('r-2', 'nobody@contoso.com')]));
  expect((await convoke(['results', '--take'])).exitCode).toBe(1);
});

test('a stopped batch is followed to its end', async () => {
  const requests = Array.from({ length: 1_500 }, (_, index) => ({ requestId: `stop-${index}` }));
  const meeting = { subject: 'x', startDateTime: '2030-01-15T14:30:00Z' };
  const defaults = { organizer: 'anna@contoso.com', durationMinutes: 30, meeting };
  const { body } = await harness.post('batches', { requests, defaults });
  const { batchId } = body as { readonly batchId: string };
  const { exitCode, stdout } = await convoke(['cancel', '--batch', batchId]);
  expect(stdout).toMatch(/^Batch \S+ cancelled: 1500 rows, .*\d+ failed\n$/);
  expect(exitCode).toBe(0);
});
