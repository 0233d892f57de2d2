import type { Profiler } from 'node:inspector';
import { SourceMap } from 'node:module';
import { sharesOf } from '../../bench/report/profile';

const node = (id: number, functionName: string, url = ''): Profiler.ProfileNode => ({
  id,
  callFrame: { functionName, url, scriptId: '1', lineNumber: 0, columnNumber: 0 },
});

/** A profile in which each node has this many milliseconds. */
function profileOf(seen: readonly (readonly [Profiler.ProfileNode, number])[]): Profiler.Profile {
  return {
    nodes: seen.map(([each]) => each),
    startTime: 0,
    endTime: 0,
    samples: seen.map(([{ id }]) => id),
    timeDeltas: [0, ...seen.map(([, milliseconds]) => milliseconds * 1000)],
  };
}

/** The source map of a bundle whose first position comes from this file. */
const mapTo = (source: string): SourceMap =>
  new SourceMap({
    version: 3,
    file: 'app.js',
    sources: [source],
    sourcesContent: [],
    names: [],
    mappings: 'AAAA',
    sourceRoot: '',
  });

test.each([
  ['../src/meetings/attempt.ts', 'Convoke'],
  ['../node_modules/@azure/storage-queue/dist/index.js', 'Azure SDKs for queues, tables and blobs'],
  ['../node_modules/@typespec/ts-http-runtime/dist/a.js', 'HTTP pipeline of the Azure SDKs'],
  ['../node_modules/@microsoft/microsoft-graph-client/src/Client.js', 'Microsoft Graph client'],
  ['../node_modules/zod/v4/src/core.js', 'other libraries'],
  ['/convoke/dist/package/functions.js', 'Azure Functions library and local worker'],
])('time in %s counts as that of %s', (source, group) => {
  const profile = profileOf([[node(1, 'run', 'file:///app/app.js'), 2]]);
  expect(sharesOf(profile, () => mapTo(source))).toEqual({ [group]: 2 });
});

test('idle time does not count, and time in the engine has names of its own', () => {
  const profile = profileOf([
    [node(1, '(idle)'), 100],
    [node(2, '(program)'), 3],
    [node(3, '(garbage collector)'), 1],
    [node(4, 'processTicksAndRejections', 'node:internal/process/task_queues'), 2],
    [node(5, 'serveLoop', '/convoke/dist/bench/baselines/loop-process.js'), 0.5],
  ]);
  expect(sharesOf(profile, () => undefined)).toEqual({
    'native code of Node.js: sockets and system calls': 3,
    'garbage collection': 1,
    'JavaScript of Node.js: sockets, HTTP, promises': 2,
    baseline: 0.5,
  });
});
