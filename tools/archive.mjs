import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { zipSync } from 'fflate';

// The oldest time that a zip can hold, in local time like all zip times, so that the same files always give the same
// bytes.
const mtime = new Date(1980, 0, 1);

/** Zips the files of a folder, with `host.json` at the top, and writes the checksum beside it, for `sha256sum --check`. */
export async function archive(folder, zipPath) {
  const files = {};
  for (const file of globSync('**/*.*', { cwd: folder }).toSorted()) {
    files[file.replaceAll('\\', '/')] = await readFile(join(folder, file));
  }
  const bytes = zipSync(files, { level: 9, mtime });
  const checksum = createHash('sha256').update(bytes).digest('hex');
  await writeFile(zipPath, bytes);
  await writeFile(`${zipPath}.sha256`, `${checksum}  ${basename(zipPath)}\n`);
  return bytes.length;
}
