import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** The folder of the package that a bundled file belongs to; undefined for the project's own files. */
function packageFolder(file) {
  const [, folder] =
    /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll('\\', '/')) ?? [];
  return folder;
}

async function noticeOf(folder) {
  const { name, version, license } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  const [file] = globSync('{licen[sc]e,LICEN[SC]E,Licen[sc]e}*', { cwd: folder });
  const text =
    file === undefined ? `Licence: ${license}` : await readFile(join(folder, file), 'utf8');
  return { title: `${name} ${version}`, text: text.replaceAll('\r\n', '\n').trim() };
}

/** The licences of every library in the package. Libraries with the same text are grouped. */
export async function noticesOf(files, root) {
  const folders = new Set(files.map(packageFolder).filter((folder) => folder !== undefined));
  const notices = await Promise.all([...folders].map((folder) => noticeOf(resolve(root, folder))));
  const byText = Map.groupBy(notices, ({ text }) => text);
  const sections = [...byText].map(
    ([text, group]) =>
      `${[...new Set(group.map(({ title }) => title))].toSorted((one, other) => one.localeCompare(other)).join('\n')}\n\n${text}\n`,
  );
  return sections
    .toSorted((one, other) => one.localeCompare(other))
    .join(`\n${'-'.repeat(80)}\n\n`);
}
