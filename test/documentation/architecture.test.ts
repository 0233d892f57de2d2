import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import rules from '../../import-rules.json';
import { projectFolder } from '../../local/project-folder';
import { forbiddenImports, toImportRule } from './imports';

const importRules = Object.fromEntries(
  Object.entries(rules.mayImport).map(([room, rule]) => [room, toImportRule(rule)]),
);
const root = projectFolder();
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const sources = globSync('src/**/*.ts', { cwd: root }).map((path) => path.replaceAll('\\', '/'));

test('every file of src is in a room, and every room has its rule', () => {
  const rooms = new Set(sources.map((path) => path.split('/')[1]));
  expect(rooms).toEqual(new Set(Object.keys(importRules)));
});

test('no file of src imports against the rules', () => {
  const forbidden = sources.flatMap((path) => forbiddenImports(path, read(path), importRules));
  expect(forbidden).toEqual([]);
});

test.each([
  ['a room above it', 'src/meetings/x.ts', `import { a } from '../handlers/http/body';`],
  ['only types', 'src/requests/x.ts', `import type { A } from '../meetings/ports';`],
  ['by export', 'src/errors/x.ts', `export { a } from '../requests/limits';`],
  ['by require', 'src/batches/run/x.ts', `require('../../adapters/csv');`],
  ['by a dynamic import', 'src/adapters/graph/x.ts', `await import('../../handlers/invocation');`],
  ['by an import type', 'src/doctor/x.ts', `type A = typeof import('../app/doctor');`],
  ['for its effect', 'src/config/x.ts', `import '../telemetry/log';`],
  ['from outside of src', 'src/app/x.ts', `import { a } from '../../local/stack';`],
  ['a package', 'src/meetings/x.ts', `import { a } from '@azure/storage-queue';`],
  ['part of a package', 'src/handlers/x.ts', `import { a } from '@azure/identity/cae';`],
  ['a module of Node.js', 'src/requests/time/x.ts', `import { a } from 'node:fs';`],
  ['from a room without a rule', 'src/attic/x.ts', `import { a } from '../errors/problems';`],
])('finds a forbidden import: %s', (_, path, source) => {
  expect(forbiddenImports(path, source, importRules)).toHaveLength(1);
});

test('docs/architecture.md shows the same rules', () => {
  const table = /<!-- import-rules:begin -->([^]*)<!-- import-rules:end -->/.exec(
    read('docs/architecture.md'),
  )?.[1];
  const rows = (table ?? '').split('\n').flatMap((line) => {
    const [, room, , rooms] = line.split('|').map((cell) => cell.trim().replaceAll('`', ''));
    return room?.startsWith('src/') ? [[room.slice('src/'.length), rooms] as const] : [];
  });
  const expected = Object.entries(importRules).map(([room, { rooms }]) => [
    room,
    rooms.join(', ') || 'nothing',
  ]);
  expect(rows).toEqual(expected);
});
