import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, loadConfig, type Environment } from '../../src/config/config';
import { settings } from '../../src/config/settings';

const minimal = { AzureWebJobsStorage: 'UseDevelopmentStorage=true' };

const problemsOf = (environment: Environment): readonly string[] => {
  try {
    loadConfig(environment);
    return [];
  } catch (thrown) {
    return thrown instanceof ConfigError
      ? thrown.problems.map(({ target }) => target)
      : ['something else was thrown'];
  }
};

const group = 'dc17674c-81d9-4adb-bfb2-8f6a442e46fe';

describe('loadConfig', () => {
  test('reads organizer pools', () => {
    const environment = { ...minimal, ORGANIZER_POOLS: ` lessons = ${group}; Year 7=${group},` };
    expect(loadConfig(environment).pools).toEqual({
      groups: { lessons: group, 'Year 7': group },
      maxMeetingsPerMonth: 1900,
    });
    expect(loadConfig(minimal).pools.groups).toEqual({});
  });

  test('has a value for everything but the storage', () => {
    expect(loadConfig(minimal)).toMatchObject({
      storage: { kind: 'connectionString', connectionString: 'UseDevelopmentStorage=true' },
      graph: {
        baseUrl: 'https://graph.microsoft.com',
        scope: 'https://graph.microsoft.com/.default',
        timeoutMs: 30_000,
      },
      requests: { maxAgeMs: 86_400_000 },
      directory: { cacheMs: 3_600_000 },
      results: { encoding: 'none' },
      signIn: { enabled: false },
    });
  });

  test('takes an account name for all three endpoints', () => {
    expect(loadConfig({ AzureWebJobsStorage__accountName: 'convoke' }).storage).toEqual({
      kind: 'identity',
      queueUrl: 'https://convoke.queue.core.windows.net',
      tableUrl: 'https://convoke.table.core.windows.net',
      blobUrl: 'https://convoke.blob.core.windows.net',
    });
  });

  test('asks for the scope of the cloud that the base URL names', () => {
    const { graph } = loadConfig({ ...minimal, GRAPH_BASE_URL: 'https://graph.microsoft.us/' });
    expect(graph).toMatchObject({
      baseUrl: 'https://graph.microsoft.us',
      scope: 'https://graph.microsoft.us/.default',
    });
  });

  test.each<[string, Environment, readonly string[]]>([
    [
      'no storage',
      {},
      [
        'AzureWebJobsStorage__queueServiceUri',
        'AzureWebJobsStorage__tableServiceUri',
        'AzureWebJobsStorage__blobServiceUri',
      ],
    ],
    ['a pool without a group', { ...minimal, ORGANIZER_POOLS: 'lessons' }, ['ORGANIZER_POOLS']],
    [
      'a pool with the name of a group',
      { ...minimal, ORGANIZER_POOLS: 'lessons=teachers' },
      ['ORGANIZER_POOLS'],
    ],
    [
      'two pools of one name',
      { ...minimal, ORGANIZER_POOLS: `lessons=${group}, Lessons=${group}` },
      ['ORGANIZER_POOLS'],
    ],
    [
      'more meetings than Graph makes',
      { ...minimal, ORGANIZER_MEETINGS_PER_MONTH: '2001' },
      ['ORGANIZER_MEETINGS_PER_MONTH'],
    ],
    ['blank storage', { AzureWebJobsStorage: '  ', AzureWebJobsStorage__accountName: 'a' }, []],
    [
      'a token sent in the clear',
      { ...minimal, GRAPH_BASE_URL: 'http://graph.example' },
      ['GRAPH_BASE_URL'],
    ],
    ['a URL that is none', { ...minimal, GRAPH_BASE_URL: 'graph' }, ['GRAPH_BASE_URL']],
    [
      'a version of Graph, which each call adds',
      { ...minimal, GRAPH_BASE_URL: 'https://graph.microsoft.com/v1.0/' },
      ['GRAPH_BASE_URL'],
    ],
    [
      'a URL to which no path can be added',
      { ...minimal, OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example?key=x' },
      ['OTEL_EXPORTER_OTLP_ENDPOINT'],
    ],
    [
      'a URL with a password',
      { ...minimal, GRAPH_BASE_URL: 'https://:secret@graph.example' },
      ['GRAPH_BASE_URL'],
    ],
    [
      'a reference to a secret that App Service has not resolved',
      { ...minimal, APPLICATIONINSIGHTS_CONNECTION_STRING: '@Microsoft.KeyVault(SecretUri=x)' },
      ['APPLICATIONINSIGHTS_CONNECTION_STRING'],
    ],
    ['this machine in the clear', { ...minimal, GRAPH_BASE_URL: 'http://127.0.0.1:9000' }, []],
    [
      'an identity that is no GUID',
      { ...minimal, AZURE_CLIENT_ID: 'convoke' },
      ['AZURE_CLIENT_ID'],
    ],
    [
      'a time limit of nothing',
      { ...minimal, GRAPH_TIMEOUT_SECONDS: '0' },
      ['GRAPH_TIMEOUT_SECONDS'],
    ],
    [
      'a time limit in words',
      { ...minimal, GRAPH_TIMEOUT_SECONDS: 'soon' },
      ['GRAPH_TIMEOUT_SECONDS'],
    ],
    ['an unknown encoding', { ...minimal, RESULT_ENCODING: 'utf-16' }, ['RESULT_ENCODING']],
    [
      'several at once',
      {
        ...minimal,
        REQUEST_MAX_AGE_HOURS: '1000',
        AUTH_TENANT_ID: 'x',
        DIRECTORY_CACHE_MINUTES: '-1',
      },
      ['AUTH_TENANT_ID', 'REQUEST_MAX_AGE_HOURS', 'DIRECTORY_CACHE_MINUTES'],
    ],
    [
      'requests that are forgotten while a copy of them may be on its way',
      { ...minimal, BATCH_RETENTION_DAYS: '3' },
      ['BATCH_RETENTION_DAYS'],
    ],
    [
      'the same, when they may live for a week',
      { ...minimal, REQUEST_MAX_AGE_HOURS: '168', BATCH_RETENTION_DAYS: '15' },
      ['BATCH_RETENTION_DAYS'],
    ],
    [
      'requests that are remembered just long enough',
      { ...minimal, REQUEST_MAX_AGE_HOURS: '168', BATCH_RETENTION_DAYS: '16' },
      [],
    ],
  ])('%s', (_name, environment, expected) => {
    expect(problemsOf(environment)).toEqual(expected);
  });

  test('never repeats a value, because it may be a secret', () => {
    expect(() => loadConfig({ ...minimal, GRAPH_BASE_URL: 'hunter2' })).toThrow(
      expect.not.stringContaining('hunter2') as string,
    );
  });

  test('reads exactly the listed settings', () => {
    const read = new Set<string>();
    const environment = new Proxy(
      {},
      { get: (_target, name) => (read.add(String(name)), undefined) },
    );
    expect(() => loadConfig(environment)).toThrow(ConfigError);
    loadConfig(
      new Proxy(minimal, {
        get: (target: Environment, name) => (read.add(String(name)), target[String(name)]),
      }),
    );
    const listed = settings.map(({ name }) => name as string);
    const ofTheHost = [
      'AzureWebJobsStorage__credential',
      'OTEL_TRACES_SAMPLER',
      'OTEL_TRACES_SAMPLER_ARG',
    ];
    expect([...read, ...ofTheHost].sort()).toEqual(listed.sort());
  });
});

test('local.settings.json.example has every setting, with its meaning', () => {
  const example = JSON.parse(
    readFileSync(join(__dirname, '../../local.settings.json.example'), 'utf8'),
  ) as {
    Values: Record<string, string>;
    Meanings: Record<string, string>;
  };
  const own = settings.filter((setting) => !('platform' in setting));
  const ofTheHost = ['FUNCTIONS_WORKER_RUNTIME'];
  expect(Object.keys(example.Values).filter((name) => !ofTheHost.includes(name))).toEqual(
    own.map(({ name }) => name),
  );
  expect(example.Meanings).toEqual(
    Object.fromEntries(own.map((setting) => [setting.name, describeSetting(setting)])),
  );
});

const describeSetting = (setting: { meaning: string; default?: string }): string =>
  setting.default === undefined
    ? setting.meaning
    : `${setting.meaning} Default: ${setting.default}`;
