import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** In the package, next to the code; otherwise where `npm run build` puts it. */
const folders = [join(__dirname, 'page'), join(__dirname, '../../page')];

/** Reads a file of the page, compressed with Brotli; undefined where the page was not built. */
export function readPageFile(name: string): Uint8Array | undefined {
  const path = folders.map((folder) => join(folder, `${name}.br`)).find((each) => existsSync(each));
  return path === undefined ? undefined : readFileSync(path);
}
