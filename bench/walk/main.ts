/**
 * What making one meeting enters of `src`, over HTTP, from a queue message and from a row of a batch: files, named functions,
 * and calls of them. `--way http|queue|batch` follows one way only; `--functions` lists every function.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { projectFolder } from '../../local/project-folder';
import { BenchHarness } from '../bench-harness';
import { meeting, meetingRequest } from '../load/requests';
import type { Entered } from './walk-process';
import { isWayName, wayNames, type WayName } from './ways';

const built = join(projectFolder(), 'dist');

/** In local time and with an option, so that Graph is called twice: `createOrGet` and `PATCH`. */
const request = {
  ...meetingRequest(),
  timeZone: 'Europe/Berlin',
  meeting: {
    subject: meeting.subject,
    startDateTime: meeting.startDateTime.slice(0, 16),
    endDateTime: meeting.endDateTime.slice(0, 16),
    lobbyBypassSettings: { scope: 'organizer' },
  },
};

async function walk(
  way: WayName,
  environment: Readonly<Record<string, string>>,
): Promise<readonly Entered[]> {
  const files = globSync('src/functions/*.js', { cwd: built }).map((file) => join(built, file));
  const requests = [randomUUID(), randomUUID()].map((requestId) =>
    JSON.stringify({ ...request, requestId }),
  );
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(built, 'bench/walk/walk-process.js'), way, ...files],
    { env: { ...environment, WALK_REQUESTS: JSON.stringify(requests) } },
  );
  return JSON.parse(stdout.slice(stdout.indexOf('[{'))) as readonly Entered[];
}

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, each) => total + each, 0);

function print(way: WayName, entered: readonly Entered[], withFunctions: boolean): void {
  for (const { file, functions } of entered) {
    console.log(`${file}  ${functions.length}`);
    if (withFunctions)
      for (const { name, calls } of functions) console.log(`    ${name}  ${calls}`);
  }
  const functions = entered.flatMap((file) => file.functions);
  const calls = sum(functions.map((each) => each.calls));
  console.log(`${way}: ${entered.length} files, ${functions.length} functions, ${calls} calls\n`);
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: { way: { type: 'string' }, functions: { type: 'boolean', default: false } },
  });
  const { way, functions } = values;
  if (way !== undefined && !isWayName(way)) throw new Error(`--way is ${wayNames.join(', ')}.`);
  const harness = await BenchHarness.start('azuriteInMemory');
  try {
    const { meetings } = harness.stack.graph;
    for (const each of way === undefined ? wayNames : [way]) {
      const before = meetings.list().length;
      print(each, await walk(each, harness.environment), functions);
      const made = meetings.list().length - before;
      if (made !== 2) throw new Error(`${each} has made ${made} meetings instead of 2.`);
    }
  } finally {
    await harness.close();
  }
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
