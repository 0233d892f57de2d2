import type { Change } from './variants/app-variant';
import { mutants } from './mutants';
import { brokenPromises } from './report';
import { safeguards } from './safeguards';
import { shortTrial } from './short-trial';
import { SourceVariant } from './variants/source-variant';
import { runTrial } from './trial';

/**
 * Some safeguards matter only if an instance is killed within the right few milliseconds. So instances are killed as
 * often as possible, without pauses, and each mutant has up to three trials.
 */
const deadlyTrial = {
  ...shortTrial,
  requests: 400,
  kills: { everySeconds: 1, minItems: 32, atMost: Infinity },
  storageRestarts: { everySeconds: 0, minItems: 0, atMost: 0 },
};
const seeds = [1, 2, 3];

async function promisesBrokenBy(
  changes: readonly Change[],
  seed: number,
): Promise<readonly string[]> {
  const options = { ...deadlyTrial, seed, changes: [...deadlyTrial.changes, ...changes] };
  return brokenPromises(await runTrial(options));
}

/** The report of the first trial that notices a change; empty if none does. */
async function noticed(change: Change): Promise<readonly string[]> {
  for (const seed of seeds) {
    const broken = await promisesBrokenBy([change], seed);
    if (broken.length > 0) return [...broken, `seed ${seed}`];
  }
  return [];
}

function report(verdict: string, name: string, broken: readonly string[]): void {
  process.stdout.write(`${verdict.padEnd(11)}  ${name}: ${broken.join('; ') || '–'}\n`);
}

/** Each safeguard has a test, which passes in `npm test` and fails without it. */
function runTests(part: string): void {
  const variant = new SourceVariant();
  try {
    for (const [name, safeguard] of Object.entries(safeguards)) {
      if (!name.includes(part)) continue;
      const failure = variant.failureWithout(safeguard);
      report(failure === undefined ? 'NOT NOTICED' : 'noticed', name, [failure ?? safeguard.test]);
      if (failure === undefined) process.exitCode = 1;
    }
  } finally {
    variant.remove();
  }
}

/** Without a mutant, the trial must notice nothing. */
async function runTrials(): Promise<void> {
  for (const seed of seeds) {
    const sound = await promisesBrokenBy([], seed);
    report(sound.length === 0 ? 'kept' : 'BROKEN', `the app as it is, seed ${seed}`, sound);
    if (sound.length > 0) process.exitCode = 1;
  }
  for (const [name, change] of Object.entries(mutants)) {
    const broken = await noticed(change);
    report(broken.length > 0 ? 'noticed' : 'NOT NOTICED', name, broken);
    if (broken.length === 0) process.exitCode = 1;
  }
}

/** `tests` or `trials` runs only these; `part` selects tests by a part of their names. */
async function main([only, part = '']: readonly string[]): Promise<void> {
  if (only !== 'trials') runTests(part);
  if (only !== 'tests') await runTrials();
}

void main(process.argv.slice(2));
