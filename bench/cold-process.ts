/**
 * A process that loads an app and ends after that, or after one meeting, so that the app is timed:
 * cold-process.js load|meeting <file of the app>...
 * With BENCH_LIST_FILES it prints each file that was loaded, one a line.
 */
import { writeSync } from 'node:fs';
import { InProcessApp } from './in-process-app';

const [mode, ...files] = process.argv.slice(2);

/** The measuring process reads standard output. */
const say = (text: string): void => void writeSync(1, `${text}\n`);

async function run(): Promise<void> {
  const app = new InProcessApp(files);
  if (mode === 'meeting')
    await app.makeMeeting(await app.start(), process.env['BENCH_REQUEST'] ?? '');
  if (process.env['BENCH_LIST_FILES'] !== undefined) say(Object.keys(require.cache).join('\n'));
  say('done');
  process.exit(0);
}

run().catch((error: unknown) => {
  say(`failed: ${String(error)}`);
  process.exit(1);
});
