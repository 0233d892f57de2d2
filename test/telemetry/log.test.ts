import { log, withLog, withOwnLines } from '../../src/telemetry/log';

const linesOf = async (work: () => void): Promise<object[]> => {
  const lines: object[] = [];
  const write = (line: string): void => void lines.push(JSON.parse(line) as object);
  await withLog({ info: write, warn: write, error: write }, () => Promise.resolve(work()));
  return lines;
};

test('calls to Microsoft Graph are in the next line', async () => {
  const lines = await linesOf(() => {
    log.graphCalled('findUser 200 12');
    log.graphCalled('createOrGet 201 312');
    log.info('meeting.created', { requestId: 'a' });
    log.info('batch.completed');
  });
  expect(lines).toEqual([
    { event: 'meeting.created', requestId: 'a', graph: 'findUser 200 12,createOrGet 201 312' },
    { event: 'batch.completed' },
  ]);
});

test('calls that are in no line get their own at the end of the invocation', async () => {
  expect(await linesOf(() => log.graphCalled('read 200 9'))).toEqual([
    { event: 'graph.called', graph: 'read 200 9' },
  ]);
});

test('many calls take a line for each hundred', async () => {
  const lines = await linesOf(() => {
    for (let call = 0; call < 250; call += 1) log.graphCalled('findUser 200 1');
  });
  const counts = lines.map((line) => (line as { graph: string }).graph.split(',').length);
  expect(counts).toEqual([100, 100, 50]);
});

test('calls are logged even if the invocation fails', async () => {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  await expect(
    withLog({ info: write, warn: write, error: write }, () => {
      log.graphCalled('read throttled 3');
      return Promise.reject(new Error('no'));
    }),
  ).rejects.toThrow('no');
  expect(lines).toEqual(['{"event":"graph.called","graph":"read throttled 3"}']);
});

test('concurrent parts of an invocation log their own calls', async () => {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const piece = (requestId: string, call: string): Promise<void> =>
    withOwnLines(async () => {
      log.graphCalled(call);
      await new Promise(setImmediate);
      log.info('meeting.created', { requestId });
    });
  await withLog({ info: write, warn: write, error: write }, async () => {
    await Promise.all([piece('a', 'create 201 1'), piece('b', 'create 201 2')]);
  });
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    { event: 'meeting.created', requestId: 'a', graph: 'create 201 1' },
    { event: 'meeting.created', requestId: 'b', graph: 'create 201 2' },
  ]);
});
