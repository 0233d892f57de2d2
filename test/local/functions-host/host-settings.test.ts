import { parseHostSettings } from '../../../local/functions-host/host-settings';

const machine = { env: {}, processorCount: 2 };

const parse = (extensions: unknown, more: object = {}) =>
  parseHostSettings(JSON.stringify({ version: '2.0', extensions, ...more }), machine);

test('defaults are those of the real host', () => {
  expect(parseHostSettings('{"version":"2.0"}', machine)).toEqual({
    functionTimeoutMs: 1_800_000,
    http: {
      routePrefix: 'api',
      maxConcurrentRequests: Infinity,
      maxOutstandingRequests: Infinity,
      customHeaders: {},
    },
    queues: {
      batchSize: 16,
      newBatchThreshold: 16,
      maxPollingIntervalMs: 60_000,
      visibilityTimeoutSeconds: 0,
      maxDequeueCount: 5,
      messageEncoding: 'base64',
    },
  });
});

test('polling is fast in Development unless the app sets it', () => {
  const env = { AZURE_FUNCTIONS_ENVIRONMENT: 'Development' };
  const interval = (text: string) =>
    parseHostSettings(text, { ...machine, env }).queues.maxPollingIntervalMs;
  expect(interval('{"version":"2.0"}')).toBe(2000);
  expect(
    interval('{"version":"2.0","extensions":{"queues":{"maxPollingInterval":"00:00:30"}}}'),
  ).toBe(30_000);
});

test('reads what the app sets', () => {
  const settings = parse(
    {
      http: { routePrefix: '', maxConcurrentRequests: 3, customHeaders: { a: 'b' } },
      queues: { batchSize: 5, visibilityTimeout: '00:01:00', messageEncoding: 'None' },
    },
    { functionTimeout: '-1' },
  );
  expect(settings.http).toMatchObject({ routePrefix: '', maxConcurrentRequests: 3 });
  expect(settings.queues).toMatchObject({
    batchSize: 5,
    newBatchThreshold: 4,
    visibilityTimeoutSeconds: 60,
    messageEncoding: 'none',
  });
  expect(settings.functionTimeoutMs).toBe(Infinity);
});

test('an environment variable overrides host.json', () => {
  const env = { AzureFunctionsJobHost__extensions__queues__batchSize: '4' };
  const text = '{"version":"2.0","extensions":{"queues":{"batchSize":8,"maxDequeueCount":2}}}';
  const { queues } = parseHostSettings(text, { ...machine, env });
  expect(queues).toMatchObject({ batchSize: 4, newBatchThreshold: 4, maxDequeueCount: 2 });
});

test.each<[string, RegExp]>([
  ['{', /not JSON/],
  ['{}', /version/],
  ['{"version":"2.0","functionTimeout":"00:00:00.5"}', /functionTimeout/],
  ['{"version":"2.0","extensions":{"queues":{"batchSize":33}}}', /extensions\.queues\.batchSize/],
  ['{"version":"2.0","extensions":{"queues":{"batchSize":0}}}', /batchSize/],
  ['{"version":"2.0","extensions":{"queues":{"newBatchThreshold":-1}}}', /newBatchThreshold/],
  ['{"version":"2.0","extensions":{"queues":{"maxDequeueCount":0}}}', /maxDequeueCount/],
  ['{"version":"2.0","extensions":{"queues":{"messageEncoding":"hex"}}}', /messageEncoding/],
  [
    '{"version":"2.0","extensions":{"queues":{"maxPollingInterval":"00:00:00.05","batchSize":99}}}',
    /batchSize.*maxPollingInterval/,
  ],
])('refuses %s and names the problem', (text, problem) => {
  expect(() => parseHostSettings(text, machine)).toThrow(problem);
});
