/** A process that makes two meetings and prints what of `src` the second one entered: walk-process.js http|queue|batch <file of the app>... */
import { Session } from 'node:inspector/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFolder } from '../../local/project-folder';
import { InProcessApp } from '../in-process-app';
import { isWayName, makeWay } from './ways';

/** A file of `src`, as its path there without an ending, and the named functions in it that were called. */
export interface Entered {
  readonly file: string;
  readonly functions: readonly { readonly name: string; readonly calls: number }[];
}

const folder = join(projectFolder(), 'dist/src') + sep;

async function run(): Promise<void> {
  const [first = '', second = ''] = JSON.parse(process.env['WALK_REQUESTS'] ?? '[]') as string[];
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const [name, ...files] = process.argv.slice(2);
  if (!isWayName(name)) throw new Error(`There is no way ${name}.`);
  const app = new InProcessApp(files);
  const connectionString = process.env['AzureWebJobsStorage'] ?? '';
  const way = makeWay(name, { app, server: await app.start(), connectionString });
  await way.prepare(first);
  await way.makeMeeting(first);
  await way.prepare(second);
  // Whatever the process did so far is counted apart.
  await session.post('Profiler.takePreciseCoverage');
  await way.makeMeeting(second);
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const entered = result
    .filter(({ url }) => url.startsWith('file:') && fileURLToPath(url).startsWith(folder))
    .map(({ url, functions }) => ({
      file: fileURLToPath(url).slice(folder.length).replace(/\.js$/, '').replaceAll(sep, '/'),
      functions: functions.flatMap(({ functionName, ranges }) => {
        const calls = ranges[0]?.count ?? 0;
        return functionName === '' || calls === 0 ? [] : [{ name: functionName, calls }];
      }),
    }))
    .filter(({ functions }) => functions.length > 0);
  process.stdout.write(JSON.stringify(entered), () => process.exit(0));
}

run().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
