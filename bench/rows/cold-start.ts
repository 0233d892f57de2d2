import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../local/project-folder';
import { areClear, ofRounds, type Comparison, type Row } from '../report/figures';
import { interleave, interleaveUntil } from '../report/rounds';
import type { BenchOptions } from '../bench-options';
import { meetingRequest } from '../load/requests';
import { BenchHarness } from '../bench-harness';

type Mode = 'load' | 'files' | 'meeting';

const built = join(projectFolder(), 'dist');
const baselines = join(built, 'bench/baselines');

/** From the start of a process until its app is loaded, and until its first meeting is made. */
export async function measureColdStart({ appFolder, quick }: BenchOptions): Promise<Row> {
  const harness = await BenchHarness.start();
  const { environment } = harness;
  const run = (mode: Mode, files: readonly string[]) => runProcess(mode, files, environment);
  const app = [join(appFolder, 'functions.js')];
  const alone = [join(baselines, 'functions-alone.js')];
  const unbundled = [
    join(baselines, 'every-sdk.js'),
    ...globSync(join(built, 'src/functions/*.js')).toSorted(),
  ];
  const cold = await makeCacheDropper(await run('files', unbundled), [
    ...app,
    join(appFolder, 'app.js'),
    ...alone,
  ]);
  const actions = {
    functionsAlone: () => time(() => run('load', alone)),
    packageLoad: () => time(() => run('load', app)),
    unbundledMeeting: () => time(() => run('meeting', unbundled)),
    packageMeeting: () => time(() => run('meeting', app)),
  };
  try {
    await interleave(1, actions);
    const warm = await untilClear(quick, actions);
    const dropped =
      cold === undefined ? undefined : await untilClear(quick, droppingFirst(actions, cold));
    return {
      id: 'cold-start',
      title: 'Cold start',
      comparisons: [
        ...compare(warm, 'file cache warm'),
        ...(dropped === undefined ? [] : compare(dropped, 'file cache cold')),
        ...sizes(appFolder),
      ],
      notes: [
        'Whole processes, from spawn to the answer: the minimum that can run an app, in place of host and worker. Simulators at 0 ms, without TLS.',
        dropped === undefined
          ? 'The file cache could not be emptied here: that takes GNU dd.'
          : 'Cold: every file that is read is first dropped from the file cache (except Node.js itself).',
      ],
    };
  } finally {
    await harness.close();
  }
}

type Times = Record<
  'functionsAlone' | 'packageLoad' | 'unbundledMeeting' | 'packageMeeting',
  readonly number[]
>;

const untilClear = (
  quick: boolean,
  actions: Readonly<Record<keyof Times, () => Promise<number>>>,
): Promise<Times> =>
  interleaveUntil(
    quick ? { min: 3, max: 3 } : { min: 9, max: 31, maxMs: 25_000 },
    actions,
    (times) => areClear(compare(times, '')),
  );

function compare(times: Times, condition: string): Comparison[] {
  return [
    {
      what: `loading the package, ${condition}`,
      ...ofRounds(times.packageLoad),
      unit: 'ms',
      baseline: { what: '@azure/functions alone', ...ofRounds(times.functionsAlone) },
      target: { atMost: 1.25 },
    },
    {
      what: `start to first meeting, ${condition}`,
      ...ofRounds(times.packageMeeting),
      unit: 'ms',
      baseline: { what: 'unbundled, every SDK at the top', ...ofRounds(times.unbundledMeeting) },
      target: { atMost: 0.45 },
    },
  ];
}

function sizes(appFolder: string): Comparison[] {
  const files = globSync('**/*', { cwd: appFolder });
  return [
    {
      what: 'size of app.js',
      value: statSync(join(appFolder, 'app.js')).size / 1e6,
      unit: 'MB',
      target: { atMost: 1 },
    },
    { what: 'files in the package', value: files.length, unit: '' },
  ];
}

/** Resolves with what the process printed once it has printed that it is done, without waiting for its end. */
async function runProcess(
  mode: Mode,
  files: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const child = spawn(process.execPath, [join(built, 'bench/cold-process.js'), mode, ...files], {
    env: {
      PATH: process.env['PATH'],
      ...environment,
      BENCH_REQUEST: JSON.stringify(meetingRequest()),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  while (!/^(done|failed.*)$/m.test(output)) await once(child.stdout, 'data');
  if (!/^done$/m.test(output)) throw new Error(output);
  return output;
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Drops the files that the processes read from the file cache; undefined if that is impossible here. */
async function makeCacheDropper(
  listed: string,
  others: readonly string[],
): Promise<(() => void) | undefined> {
  const files = [...listed.split('\n').filter((line) => line.startsWith('/')), ...others];
  const script = 'for file; do dd if="$file" iflag=nocache count=0 status=none || exit 1; done';
  const drop = (): void =>
    void execFileSync('sh', ['-c', script, 'sh', ...files], { stdio: 'ignore' });
  try {
    drop();
    return drop;
  } catch {
    return undefined;
  }
}

const droppingFirst = <Name extends string>(
  actions: Readonly<Record<Name, () => Promise<number>>>,
  drop: () => void,
): Record<Name, () => Promise<number>> =>
  Object.fromEntries(
    Object.entries<() => Promise<number>>(actions).map(([name, action]) => [
      name,
      () => {
        drop();
        return action();
      },
    ]),
  ) as Record<Name, () => Promise<number>>;
