import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '../../local/project-folder';

const run = promisify(execFile);

/** The folder that is deployed, made by the script that makes it, and copied to where nothing but itself can be loaded. */
export class DeployedPackage {
  readonly folder: string;
  /** What the script printed. */
  readonly report: string;

  private constructor(folder: string, report: string) {
    this.folder = folder;
    this.report = report;
  }

  static async make(): Promise<DeployedPackage> {
    const made = temporaryFolder();
    const script = join(projectFolder(), 'tools/package.mjs');
    try {
      const { stdout } = await run(process.execPath, [script, join(made, 'package')]);
      const elsewhere = temporaryFolder();
      cpSync(join(made, 'package'), elsewhere, { recursive: true });
      return new DeployedPackage(elsewhere, stdout);
    } finally {
      rmSync(made, { recursive: true });
    }
  }

  /** What Node.js could load from the folders above it, where there should be nothing. */
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

const temporaryFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'convoke-package-')));
