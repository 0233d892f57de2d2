import { AppVariant, shortLeases, type Change } from './app-variant';
import { mutants } from './mutants';
import { brokenPromises } from './report';
import { shortTrial } from './short-trial';
import { runTrial } from './trial';

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
