/**
 * What one `POST createMeeting` enters of `src`: files, named functions, and calls of them. `--functions` lists every one.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '../../local/project-folder';
import { BenchHarness } from '../bench-harness';
import { meeting, meetingRequest } from '../load/requests';
import type { Entered } from './walk-process';

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

async function walk(environment: Readonly<Record<string, string>>): Promise<readonly Entered[]> {
  const files = globSync('src/functions/*.js', { cwd: built }).map((file) => join(built, file));
  const requests = [randomUUID(), randomUUID()].map((requestId) =>
    JSON.stringify({ ...request, requestId }),
  );
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(built, 'bench/walk/walk-process.js'), ...files],
    { env: { ...environment, WALK_REQUESTS: JSON.stringify(requests) } },
  );
  return JSON.parse(stdout.slice(stdout.indexOf('[{'))) as readonly Entered[];
}

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, each) => total + each, 0);

async function run(): Promise<void> {
  const harness = await BenchHarness.start({ inMemory: true });
  try {
    const entered = await walk(harness.environment);
    const functions = entered.flatMap((file) => file.functions);
    for (const { file, functions: names } of entered) {
      console.log(`${file}  ${names.length}`);
      if (process.argv.includes('--functions'))
        for (const { name, calls } of names) console.log(`    ${name}  ${calls}`);
    }
    const calls = sum(functions.map((each) => each.calls));
    console.log(`${entered.length} files, ${functions.length} functions, ${calls} calls`);
  } finally {
    await harness.close();
  }
}

void run();
