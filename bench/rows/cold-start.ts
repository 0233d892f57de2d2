import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { projectFolder } from '../../local/project-folder';
import { areClear, ofRounds, type Comparison, type Row } from '../report/figures';
import { interleaveUntil } from '../report/rounds';
import type { BenchOptions } from '../bench-options';
import { meetingRequest } from '../load/requests';
import { BenchHarness } from '../bench-harness';

/** A process that is started: what it loads, and whether it makes a meeting. */
interface Start {
  readonly mode: 'load' | 'meeting';
  readonly files: readonly string[];
}

const built = join(projectFolder(), 'dist');
const baselines = join(built, 'bench/baselines');

const names = ['functionsAlone', 'packageLoad', 'unbundledMeeting', 'packageMeeting'] as const;
type Name = (typeof names)[number];
type Times = Readonly<Record<Name, readonly number[]>>;

/** From the start of a process until its app is loaded, and until its first meeting is made. */
export async function measureColdStart({ appFolder, quick }: BenchOptions): Promise<Row> {
  const harness = await BenchHarness.start();
  const { environment } = harness;
  const starts = toStarts(appFolder);
  const times = (prepare: (name: Name) => void) =>
    untilClear(
      quick,
      ofEach((name) => () => {
        prepare(name);
        return time(() => run(starts[name], environment));
      }),
    );
  try {
    const loaded = await filesOf(starts, environment);
    const warm = await times(() => undefined);
    const cold = canDrop(loaded.functionsAlone)
      ? await times((name) => drop(loaded[name]))
      : undefined;
    return {
      id: 'cold-start',
      title: 'Cold start',
      comparisons: [
        ...compare(warm, 'file cache warm'),
        ...(cold === undefined ? [] : compare(cold, 'file cache cold')),
        ...sizes(appFolder),
      ],
      notes: [
        'Whole processes, from spawn to the answer. A minimal program that can run an app takes the place of host and worker. Simulators at 0 ms, without TLS.',
        cold === undefined
          ? 'The file cache could not be emptied here: that takes GNU dd.'
          : 'Cold: every file that a process loads is first dropped from the file cache (except Node.js itself).',
      ],
    };
  } finally {
    await harness.close();
  }
}

function toStarts(appFolder: string): Record<Name, Start> {
  const app = [join(appFolder, 'functions.js')];
  const unbundled = [
    join(baselines, 'every-sdk.js'),
    ...globSync(join(built, 'src/functions/*.js')).toSorted(),
  ];
  return {
    functionsAlone: { mode: 'load', files: [join(baselines, 'functions-alone.js')] },
    packageLoad: { mode: 'load', files: app },
    unbundledMeeting: { mode: 'meeting', files: unbundled },
    packageMeeting: { mode: 'meeting', files: app },
  };
}

const ofEach = <Value>(valueOf: (name: Name) => Value): Record<Name, Value> =>
  Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, Value>;

const untilClear = (
  quick: boolean,
  actions: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Times> =>
  interleaveUntil(
    quick ? { min: 3, max: 3 } : { min: 9, max: 31, maxMs: 15_000 },
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
async function run(
  { mode, files }: Start,
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

/** Each file that each process loads. Running each once also warms the file cache. */
async function filesOf(
  starts: Readonly<Record<Name, Start>>,
  environment: Readonly<Record<string, string>>,
): Promise<Record<Name, readonly string[]>> {
  const listing = { ...environment, BENCH_LIST_FILES: 'true' };
  const files = ofEach((): readonly string[] => []);
  for (const name of names) {
    const lines = (await run(starts[name], listing)).split('\n');
    files[name] = lines.filter((line) => isAbsolute(line));
  }
  return files;
}

/** Drops files from the file cache. @throws Error where that is impossible */
function drop(files: readonly string[]): void {
  const script = 'for file; do dd if="$file" iflag=nocache count=0 status=none || exit 1; done';
  execFileSync('sh', ['-c', script, 'sh', ...files], { stdio: 'ignore' });
}

function canDrop(files: readonly string[]): boolean {
  try {
    drop(files);
    return true;
  } catch {
    return false;
  }
}
