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
};

async function tryMutant(name: string, change: Change): Promise<boolean> {
  const variant = new AppVariant([shortLeases, change]);
  try {
    const report = await runTrial({ ...shortTrial, appFolder: variant.folder });
    const broken = brokenPromises(report);
    process.stdout.write(
      `${broken.length > 0 ? 'noticed    ' : 'NOT NOTICED'}  ${name}: ${broken.join('; ')}\n`,
    );
    return broken.length > 0;
  } finally {
    variant.remove();
  }
}

async function main(): Promise<void> {
  for (const [name, change] of Object.entries(mutants)) {
    if (!(await tryMutant(name, change))) process.exitCode = 1;
  }
}

void main();
