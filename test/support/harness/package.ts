import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '../../../local/project-folder';

const run = promisify(execFile);

/** The deployed folder, made by its script, and copied to a place where it can load nothing else. */
export class DeployedPackage {
  readonly folder: string;
  /** The output of the script. */
  readonly report: string;
  /** The files beside the folder, by name: the zip and its checksum. */
  readonly beside: ReadonlyMap<string, Buffer>;

  private constructor(folder: string, report: string, beside: ReadonlyMap<string, Buffer>) {
    this.folder = folder;
    this.report = report;
    this.beside = beside;
  }

  static async make(): Promise<DeployedPackage> {
    const made = temporaryFolder();
    const script = join(projectFolder(), 'tools/package.mjs');
    try {
      const { stdout } = await run(process.execPath, [script, join(made, 'package')]);
      const elsewhere = temporaryFolder();
      cpSync(join(made, 'package'), elsewhere, { recursive: true });
      return new DeployedPackage(elsewhere, stdout, archivesIn(made));
    } finally {
      rmSync(made, { recursive: true });
    }
  }

  /** Modules that Node.js could load from the folders above; should be empty. */
  get packagesWithinReach(): string[] {
    const foldersFrom = (folder: string): string[] =>
      dirname(folder) === folder ? [folder] : [folder, ...foldersFrom(dirname(folder))];
    return foldersFrom(this.folder).flatMap((folder) =>
      globSync('node_modules/[!.]*', { cwd: folder }).map((found) => join(folder, found)),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const archivesIn = (folder: string): ReadonlyMap<string, Buffer> =>
  new Map(
    globSync('*.zip*', { cwd: folder }).map((name) => [name, readFileSync(join(folder, name))]),
  );

const temporaryFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'convoke-package-')));
