import { AppVariant, shortLeases, type Change } from './app-variant';
import { brokenPromises } from './report';
import { shortTrial } from './short-trial';
import { runTrial } from './trial';

/** Each takes one safeguard away. A trial that does not notice proves nothing. */
const mutants: Readonly<Record<string, Change>> = {
  'the ledger is skipped': {
    file: 'adapters/request-table.js',
    find: '{ ...found, inserted: false }',
    replace: '{ ...found, inserted: true }',
  },
  'the result is written before Graph is asked': {
    file: 'meetings/create-meeting.js',
    find: 'let made;',
    replace:
      "await this.#deps.results.publish((0, ending_1.resultOf)(this.#origin(stored.entry), { status: 'created' })); let made;",
  },
  'a create that broke off is repeated': {
    file: 'meetings/make-meeting.js',
    find: 'repeatable: false',
    replace: 'repeatable: true',
  },
  'a create that an instance left behind is taken over': {
    file: 'meetings/ledger.js',
    find: "plan === 'ensure' ? { kind: 'work' } : { kind: 'finish', status: 'unknown' }",
    replace: "{ kind: 'work' }",
  },
  'every request has a key of its own': {
    file: 'meetings/make-meeting.js',
    find: '.update(requestId)',
    replace: '.update(requestId + Math.random())',
  },
  'a finished request does not send its result again': {
    file: 'meetings/create-meeting.js',
    find: 'const result = this.#addressed(recorded);\n        await this.#deps.results.publish(result);',
    replace: 'const result = this.#addressed(recorded);',
  },
  'a request that is put back is not sent': {
    file: 'handlers/process-meeting-request.js',
    find: 'await requests.send((0, queue_message_1.toMessage)(queued.input, requestId, delivery), delayMs);',
    replace: '',
  },
  'a create that broke off is called failed': {
    file: 'meetings/ledger.js',
    find: "brokeOff || mayHaveMeeting === true ? 'unknown' : 'failed'",
    replace: "'failed'",
  },
};

async function promisesBrokenBy(changes: readonly Change[]): Promise<readonly string[]> {
  const variant = new AppVariant([shortLeases, ...changes]);
  try {
    return brokenPromises(await runTrial({ ...shortTrial, appFolder: variant.folder }));
  } finally {
    variant.remove();
  }
}

function report(verdict: string, name: string, broken: readonly string[]): void {
  process.stdout.write(`${verdict.padEnd(11)}  ${name}: ${broken.join('; ') || '–'}\n`);
}

/** Whoever notices mutants must notice nothing where there is none. */
async function main(): Promise<void> {
  const sound = await promisesBrokenBy([]);
  report(sound.length === 0 ? 'kept' : 'BROKEN', 'the app as it is', sound);
  if (sound.length > 0) process.exitCode = 1;
  for (const [name, change] of Object.entries(mutants)) {
    const broken = await promisesBrokenBy([change]);
    report(broken.length > 0 ? 'noticed' : 'NOT NOTICED', name, broken);
    if (broken.length === 0) process.exitCode = 1;
  }
}

void main();
