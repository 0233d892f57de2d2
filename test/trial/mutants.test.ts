import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../local/project-folder';
import { AppVariant } from '../../trial/app-variant';
import { mutants } from '../../trial/mutants';
import { safeguards } from '../../trial/safeguards';
import { changed } from '../../trial/source-variant';

test.each(Object.entries(mutants))('can still be done to the built app: %s', (_, change) => {
  expect(() => new AppVariant([change]).remove()).not.toThrow();
});

test.each(Object.entries(safeguards))('can still be done to the sources: %s', (_, safeguard) => {
  const project = projectFolder();
  const text = readFileSync(join(project, 'src', safeguard.file), 'utf8');
  expect(() => changed(text, safeguard)).not.toThrow();
  expect(existsSync(join(project, 'test', safeguard.test))).toBe(true);
});
