import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../../local/project-folder';
import { changed } from './app-variant';
import type { Safeguard } from '../safeguards/safeguard';

/** The files that unit tests need. */
const copied = ['package.json', 'jest.config.js', 'src', 'test', 'local', 'page', 'trial'];

/** A copy of the sources whose tests can be run with some of the code changed. */
export class SourceVariant {
  readonly #folder = mkdtempSync(join(tmpdir(), 'convoke-source-'));

  constructor() {
    const project = projectFolder();
    for (const name of copied)
      cpSync(join(project, name), join(this.#folder, name), { recursive: true });
    symlinkSync(join(project, 'node_modules'), join(this.#folder, 'node_modules'), 'dir');
  }

  /** The failure of the test without the safeguard; undefined if it passes. */
  failureWithout({ test, name, ...change }: Safeguard): string | undefined {
    const path = join(this.#folder, 'src', change.file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, changed(text, change));
    try {
      return this.#run(test, name);
    } finally {
      writeFileSync(path, text);
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #run(test: string, name: string): string | undefined {
    const jest = join(this.#folder, 'node_modules/jest/bin/jest.js');
    const one = ['--runInBand', '--bail', '--testNamePattern', escaped(name)];
    const given = [
      jest,
      join('test', test),
      ...one,
      '--selectProjects',
      'unit',
      'model',
      'storage',
    ];
    const { status, stderr } = spawnSync(process.execPath, given, {
      cwd: this.#folder,
      encoding: 'utf8',
    });
    return status === 0 ? undefined : reasonIn(stderr);
  }
}

/** The failed assertion, or else the name of the test. */
const reasonIn = (output: string): string =>
  /AssertionError[^\n]*: ([^\n]+)/.exec(output)?.[1] ?? /● ([^\n]+)/.exec(output)?.[1] ?? output;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
