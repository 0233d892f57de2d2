import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import rules from '../../import-rules.json';
import { projectFolder } from '../../local/project-folder';

const root = projectFolder();
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const roomsIn = (rule: string): string => rule.split('|')[0]?.trim().replaceAll(' ', ', ') ?? '';

test('every file of src is in a room, and every room has its rule', () => {
  const files = globSync('src/**/*.*', { cwd: root }).map((path) => path.split(/[\\/]/));
  expect(new Set(files.map(([, room]) => room))).toEqual(new Set(Object.keys(rules.mayImport)));
  expect(files.filter((path) => !path.at(-1)?.endsWith('.ts'))).toEqual([]);
});

test('docs/architecture.md shows the same rules', () => {
  const page = read('docs/architecture.md');
  const table = /<!-- import-rules:begin -->([^]*)<!-- import-rules:end -->/.exec(page)?.[1];
  const rows = (table ?? '').split('\n').flatMap((line) => {
    const [, room, , rooms] = line.split('|').map((cell) => cell.trim().replaceAll('`', ''));
    return room?.startsWith('src/') ? [[room.slice('src/'.length), rooms] as const] : [];
  });
  const expected = Object.entries(rules.mayImport).map(([room, rule]) => [
    room,
    roomsIn(rule) || 'nothing',
  ]);
  expect(rows).toEqual(expected);
  expect(page.replaceAll('`', '')).toContain(`page may import ${roomsIn(rules.page)} of src`);
});
