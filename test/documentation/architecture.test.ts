import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import rules from '../../import-rules.json';
import { projectFolder } from '../../local/project-folder';

const root = projectFolder();
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const roomsIn = (rule: string): string => rule.split('|')[0]?.trim().replaceAll(' ', ', ') ?? '';

test('every file of src is in a folder, and every folder has its rule', () => {
  const files = globSync('src/**/*.*', { cwd: root }).map((path) => path.split(/[\\/]/));
  expect(new Set(files.map(([, folder]) => folder))).toEqual(new Set(Object.keys(rules.mayImport)));
  expect(files.filter((path) => !path.at(-1)?.endsWith('.ts'))).toEqual([]);
});

/** What the files of a folder, or of the page, import from other folders and packages. */
function importedBy(pattern: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const file of globSync(pattern, { cwd: root }).map((path) => path.replaceAll('\\', '/')))
    for (const [, name = ''] of read(file).matchAll(/(?:from|import|require\()\s*'([^']+)'/g)) {
      const path = name.startsWith('.') ? posix.join(posix.dirname(file), name) : name;
      found.add(/^src\/([^/]+)/.exec(path)?.[1] ?? path);
    }
  return found;
}

test.each([
  ...Object.entries(rules.mayImport).map(
    ([folder, rule]) => [`src/${folder}/**/*.ts`, rule] as const,
  ),
  ['page/**/*.{ts,tsx}', rules.page] as const,
])('%s uses everything that it may import', (pattern, rule) => {
  const imported = [...importedBy(pattern)];
  const isUsed = (name: string): boolean =>
    imported.some((each) =>
      name.endsWith('*')
        ? each.startsWith(name.slice(0, -1))
        : each === name || each.startsWith(`${name}/`),
    );
  const allowed = rule.replace('|', ' ').match(/\S+/g) ?? [];
  expect(allowed.filter((name) => !isUsed(name))).toEqual([]);
});

test('of two folders of src beside each other, only one imports the other', () => {
  const pairs = new Set<string>();
  for (const file of globSync('src/**/*.ts', { cwd: root }).map((path) =>
    path.replaceAll('\\', '/'),
  ))
    for (const [, name = ''] of read(file).matchAll(/(?:from|require\()\s*'(\.[^']+)'/g)) {
      const from = posix.dirname(file);
      const to = posix.dirname(posix.join(from, name));
      if (from !== to && posix.dirname(from) === posix.dirname(to)) pairs.add(`${from} ${to}`);
    }
  const mutual = [...pairs].filter((pair) => pairs.has(pair.split(' ').toReversed().join(' ')));
  expect(mutual).toEqual([]);
});

test('README.md names every folder', () => {
  const [, table = ''] = /## Project layout([^]*?)\n## /.exec(read('README.md')) ?? [];
  const named = [...table.matchAll(/`src\/(\w+)`/g)].map(([, folder]) => folder ?? '');
  expect(named.toSorted()).toEqual(Object.keys(rules.mayImport).toSorted());
});

test('docs/architecture.md shows the same rules', () => {
  const page = read('docs/architecture.md');
  const table = /<!-- import-rules:begin -->([^]*)<!-- import-rules:end -->/.exec(page)?.[1];
  const rows = (table ?? '').split('\n').flatMap((line) => {
    const [, folder, , folders] = line.split('|').map((cell) => cell.trim().replaceAll('`', ''));
    return folder?.startsWith('src/') ? [[folder.slice('src/'.length), folders] as const] : [];
  });
  const expected = Object.entries(rules.mayImport).map(([folder, rule]) => [
    folder,
    roomsIn(rule) || 'nothing',
  ]);
  expect(rows).toEqual(expected);
  const text = page.replaceAll('`', '').replaceAll(/\s+/g, ' ');
  expect(text).toContain(`page may import ${roomsIn(rules.page)} of src`);
  const pure = new Intl.ListFormat('en-GB').format(rules.pure);
  expect(text).toContain(`In ${pure}, time, chance and I/O are passed in.`);
});
