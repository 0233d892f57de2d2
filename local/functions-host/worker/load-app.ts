import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const packageSchema = z.object({ main: z.string().optional(), type: z.string().optional() });

/**
 * Loads every file that `main` of the app's package.json matches (one path, or a glob with brace sets), in order, and
 * returns their paths. Loading a file registers its functions.
 */
export async function loadApp(folder: string): Promise<readonly string[]> {
  const { main, type } = packageSchema.parse(
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  );
  if (main === undefined) return [];
  const files = globSync(main, { cwd: folder }).map((file) => resolve(folder, file));
  const load = createRequire(join(folder, 'package.json'));
  for (const file of files) {
    if (isModule(file, type)) await import(pathToFileURL(file).href);
    else load(file);
  }
  return files;
}

function isModule(file: string, packageType: string | undefined): boolean {
  const extension = extname(file);
  return extension === '.mjs' || (packageType === 'module' && extension !== '.cjs');
}
