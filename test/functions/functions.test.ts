import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '../../local/project-folder';

const run = promisify(execFile);

interface Binding {
  readonly type: string;
  readonly direction: string;
  readonly [option: string]: string | readonly string[] | undefined;
}

interface Loaded {
  readonly files: readonly string[];
  readonly functions: readonly {
    readonly name: string;
    readonly bindings: Readonly<Record<string, Binding>>;
  }[];
  readonly hooks: readonly string[];
  readonly capabilities: object;
}

async function load(folder: string): Promise<Loaded> {
  const worker = join(projectFolder(), 'test/support/fakes/functions-worker.mjs');
  // Without environment: the registered functions must not depend on settings.
  const { stdout } = await run(process.execPath, [worker, folder], { env: {} });
  return JSON.parse(stdout) as Loaded;
}

function describeTrigger(bindings: Readonly<Record<string, Binding>>): string {
  const trigger = Object.values(bindings).find(({ direction }) => direction === 'in');
  const say = (option: string): string => [trigger?.[option] ?? '(its name)'].flat().join();
  if (trigger?.type === 'httpTrigger')
    return `${say('methods')} ${say('route')} ${say('authLevel')}`;
  if (trigger?.type === 'queueTrigger')
    return `${say('queueName')} ${say('dataType')} ${say('connection')}`;
  return `${trigger?.type} ${say('schedule')}`;
}

/** Every function of the app, with its trigger and, for HTTP, its authorization level. */
const functions: Readonly<Record<string, string>> = {
  cancelBatch: 'DELETE batches/{batchId} function',
  cleanUp: 'timerTrigger 0 17 * * * *',
  createMeeting: 'POST (its name) function',
  mcp: 'POST (its name) function',
  createMyOnlineMeeting: 'POST v1.0/me/onlineMeetings anonymous',
  createOrGetMyOnlineMeeting: 'POST v1.0/me/onlineMeetings/createOrGet anonymous',
  createOnlineMeeting: 'POST v1.0/users/{userId}/onlineMeetings function',
  createOrGetOnlineMeeting: 'POST v1.0/users/{userId}/onlineMeetings/createOrGet function',
  getOnlineMeeting: 'GET v1.0/users/{userId}/onlineMeetings/{meetingId} function',
  getMyOnlineMeeting: 'GET v1.0/me/onlineMeetings/{meetingId} anonymous',
  findOnlineMeetings: 'GET v1.0/users/{userId}/onlineMeetings function',
  findMyOnlineMeetings: 'GET v1.0/me/onlineMeetings anonymous',
  updateOnlineMeeting: 'PATCH v1.0/users/{userId}/onlineMeetings/{meetingId} function',
  updateMyOnlineMeeting: 'PATCH v1.0/me/onlineMeetings/{meetingId} anonymous',
  deleteOnlineMeeting: 'DELETE v1.0/users/{userId}/onlineMeetings/{meetingId} function',
  deleteMyOnlineMeeting: 'DELETE v1.0/me/onlineMeetings/{meetingId} anonymous',
  doctor: 'GET (its name) admin',
  runBatch: 'meeting-batches binary AzureWebJobsStorage',
  getBatch: 'GET batches/{batchId} function',
  getBatchByToken: 'GET batches/{batchId}/status/{token} anonymous',
  getBatchResults: 'GET batches/{batchId}/results function',
  getBatchResultsByToken: 'GET batches/{batchId}/status/{token}/results anonymous',
  getTemplate: 'GET templates/{format} anonymous',
  getRequest: 'GET requests/{requestId} function',
  getPage: 'GET app anonymous',
  getPageFile: 'GET app/files/{file} anonymous',
  getPageCaller: 'GET app/me anonymous',
  submitPageBatch: 'POST app/batches anonymous',
  listPageBatches: 'GET app/batches anonymous',
  getPageBatch: 'GET app/batches/{batchId} anonymous',
  getPageBatchResults: 'GET app/batches/{batchId}/results anonymous',
  cancelPageBatch: 'DELETE app/batches/{batchId} anonymous',
  retryPageBatch: 'POST app/batches/{batchId}/retry anonymous',
  getInvitation: 'GET requests/{requestId}/invitation function',
  health: 'GET (its name) anonymous',
  listFinishedBatches: 'GET batches function',
  listResults: 'GET results/{outcome} function',
  listChoices: 'GET choices/{list} function',
  measureQueues: 'timerTrigger 30 2-59/5 * * * *',
  openApi: 'GET openapi.json anonymous',
  processMeetingRequest: 'meeting-requests binary AzureWebJobsStorage',
  retryRequest: 'POST requests/{requestId}/retry function',
  updateRequest: 'PATCH requests/{requestId} function',
  cancelRequest: 'DELETE requests/{requestId} function',
  retryBatch: 'POST batches/{batchId}/retry function',
  requeueDeadBatch: 'meeting-batches-poison binary AzureWebJobsStorage',
  processPoisonRequest: 'meeting-requests-poison binary AzureWebJobsStorage',
  submitBatch: 'POST batches function',
  previewBatch: 'POST batches/preview function',
  redrive: 'POST (its name) admin',
  resumeStalledBatches: 'timerTrigger 0 */5 * * * *',
  zzNotServed: 'GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS {*path} anonymous',
};

test('docs/deploy.md says how many functions there are', () => {
  const page = readFileSync(join(projectFolder(), 'docs/deploy.md'), 'utf8');
  const [, count] = /It has (\d+) functions:/.exec(page) ?? [];
  expect(Number(count)).toBe(Object.keys(functions).length);
});

describe.each([
  // One for each function, and those that start, stop and take HTTP as streams.
  ['the compiled app', projectFolder, Object.keys(functions).length + 3],
  // As `npm run package` has made it before the tests.
  ['the deployed package', () => join(projectFolder(), 'dist/package'), 1],
])('%s, loaded as by the worker', (_what, folder, fileCount) => {
  let app: Loaded;
  beforeAll(async () => {
    app = await load(folder());
  }, 30_000);

  test('registers every function with its trigger', () => {
    const registered = app.functions.map(({ name, bindings }) => [name, describeTrigger(bindings)]);
    expect(Object.fromEntries(registered)).toEqual(functions);
    expect(registered).toHaveLength(Object.keys(functions).length);
  });

  test('writes nothing but HTTP answers', () => {
    const outputs = app.functions.flatMap(({ bindings }) =>
      Object.values(bindings)
        .filter(({ direction }) => direction === 'out')
        .map(({ type }) => type),
    );
    expect(new Set(outputs)).toEqual(new Set(['http']));
  });

  test('starts and stops with the host, and takes HTTP as streams', () => {
    expect(app.hooks.toSorted()).toEqual(['appStart', 'appTerminate']);
    expect(app.capabilities).toEqual({
      HttpUri: expect.stringMatching(/^http:\/\/localhost:\d+\/$/) as unknown,
    });
  });

  test('answers calls to any other address with the function whose route the host tries last', () => {
    const names = app.functions.map(({ name }) => name.toUpperCase());
    expect(names.toSorted().at(-1)).toBe('ZZNOTSERVED');
  });

  test('is loaded from as many files as "main" is meant to name', () => {
    expect(app.files).toHaveLength(fileCount);
  });
});

test('what was compiled from a source that is gone is removed, and nothing else', async () => {
  const root = mkdtempSync(join(tmpdir(), 'convoke-stale-'));
  const write = (...paths: readonly string[]): void => {
    for (const path of paths) {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), '');
    }
  };
  const compiled = ['dist/src/functions/kept.js', 'dist/src/functions/kept.js.map'];
  const stale = ['dist/src/functions/gone.js', 'dist/src/functions/gone.js.map'];
  const others = ['dist/package/app.js', 'dist/bench/empty-app/app.js'];
  const sources = ['src/functions/kept.ts', 'bench/empty-app/app.js'];
  write(...sources, ...compiled, ...stale, ...others);
  cpSync(join(projectFolder(), 'tools/remove-stale.mjs'), join(root, 'tools/remove-stale.mjs'));
  await run(process.execPath, [join(root, 'tools/remove-stale.mjs')]);
  expect(stale.filter((path) => existsSync(join(root, path)))).toEqual([]);
  expect([...compiled, ...others].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  rmSync(root, { recursive: true });
});
