import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../local/project-folder';
import { changed, type Change } from '../../trial/variants/app-variant';
import { mutants } from '../../trial/mutants';
import { safeguards } from '../../trial/safeguards';

const project = projectFolder();

function done(folder: string, change: Change): string {
  const text = readFileSync(join(project, folder, change.file), 'utf8');
  return changed(text, change);
}

test.each(Object.entries(mutants))('can still be done to the built app: %s', (_, change) => {
  expect(done('dist/src', change)).toContain(change.replace);
});

test.each(Object.entries(safeguards))('can still be done to the sources: %s', (_, safeguard) => {
  expect(done('src', safeguard)).toContain(safeguard.replace);
  expect(existsSync(join(project, 'test', safeguard.test))).toBe(true);
});
