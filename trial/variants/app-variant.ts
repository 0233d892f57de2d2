import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../../local/project-folder';

/** One change to one compiled file of the app. The text must occur exactly once. */
export interface Change {
  /** Below `dist/src`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** The built app with some of its code changed, in a separate folder. */
export class AppVariant {
  readonly folder: string;

  constructor(changes: readonly Change[]) {
    const project = projectFolder();
    this.folder = mkdtempSync(join(tmpdir(), 'convoke-variant-'));
    for (const name of ['package.json', 'host.json', 'dist/src']) {
      cpSync(join(project, name), join(this.folder, name), { recursive: true });
    }
    symlinkSync(join(project, 'node_modules'), join(this.folder, 'node_modules'), 'dir');
    for (const change of changes) this.#apply(change);
  }

  #apply(change: Change): void {
    const path = join(this.folder, 'dist/src', change.file);
    writeFileSync(path, changed(readFileSync(path, 'utf8'), change));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Applies a change. The text must occur exactly once. */
export function changed(text: string, { file, find, replace }: Change): string {
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${file} has ${times} times, and not once: ${find}`);
  return text.replace(find, () => replace);
}
