import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectFolder } from '../../local/project-folder';

const root = projectFolder();

/** Each by a name that says what is forbidden about it: the folder that it is in, and its text. */
const forbidden = {
  'a folder above': ['src/meetings', `import { a } from '../handlers/http/body';\na();`],
  'a folder beside': ['src/invitations', `import { a } from '../openapi/document';\na();`],
  'a folder that it may import, and back': [
    'src/errors',
    `import { a } from '../requests/limits';\na();`,
  ],
  'only a type': [
    'src/requests',
    `import type { A } from '../meetings/ports';\nexport type B = A;`,
  ],
  'a type among others': [
    'src/requests',
    `import { type A } from '../meetings/ports';\nexport type B = A;`,
  ],
  'an import type': ['src/doctor', `export type A = typeof import('../app/doctor');`],
  're-exported names': ['src/errors', `export { a } from '../requests/limits';`],
  're-exported, all': ['src/errors', `export * from '../requests/limits';`],
  're-exported under a name': ['src/errors', `export * as limits from '../requests/limits';`],
  'for its effect': ['src/config', `import '../telemetry/log';`],
  'a dynamic import': [
    'src/adapters/graph',
    `export const a = () => import('../../handlers/invocation');`,
  ],
  'a dynamic import of a template': [
    'src/adapters/graph',
    'export const a = () => import(`../../handlers/invocation`);',
  ],
  'a dynamic import of what is computed': [
    'src/adapters/graph',
    'export const a = (name: string) => import(`../../${name}`);',
  ],
  require: ['src/batches/run', `export const a = require('../../adapters/csv') as object;`],
  'require of what is computed': [
    'src/batches',
    `export const a = (name: string) => require(name) as object;`,
  ],
  'require under another name': [
    'src/batches',
    `const load = require;\nexport const a = load('../adapters/csv') as object;`,
  ],
  'require of a module': ['src/batches', `export const a = module.require('../adapters/csv');`],
  'require.resolve': ['src/batches', `export const a = require.resolve('../adapters/csv');`],
  'a require of its own': [
    'src/adapters',
    `import { createRequire } from 'node:module';\nexport const a = createRequire(__filename);`,
  ],
  'an import that is a require': [
    'src/batches',
    `import a = require('../adapters/csv');\nexport const b = a;`,
  ],
  'a module of Node.js from the process': [
    'src/requests',
    `export const a = process.getBuiltinModule('fs');`,
  ],
  'a module that is added to': [
    'src/meetings',
    `declare module '../adapters/csv' {\n  export type A = 1;\n}`,
  ],
  'a reference': [
    'src/meetings',
    `/// <reference path="../adapters/csv.ts" />\nexport const a = 1;`,
  ],
  'past the index of a folder': ['src/meetings', `import { a } from '../mcp/index';\na();`],
  'by way of a folder that it may import': [
    'src/meetings',
    `import { a } from '../requests/../handlers/invocation';\na();`,
  ],
  'by way of the folder around src': [
    'src/meetings',
    `import { a } from '../../src/handlers/invocation';\na();`,
  ],
  'by an alias': ['src/meetings', `import { a } from '#src/handlers/invocation';\na();`],
  'by the name of the project': ['src/meetings', `import { a } from 'convoke/dist/src/app';\na();`],
  'by an absolute path': ['src/meetings', `import { a } from '/src/handlers/invocation';\na();`],
  'in a folder below folders': [
    'src/adapters/storage/batches/one/two',
    `import { a } from '../../../../../handlers/invocation';\na();`,
  ],
  'from a folder without a rule': ['src/attic', `import { a } from '../errors/problems';\na();`],
  'from a file in no folder': ['src', `import { a } from './errors/problems';\na();`],
  'an SDK outside its adapter': [
    'src/meetings',
    `import { QueueClient } from '@azure/storage-queue';\nexport const a = QueueClient;`,
  ],
  'part of a package': ['src/handlers', `import { a } from '@azure/identity/cae';\na();`],
  'a package that another one brings': ['src/meetings', `import { a } from 'tslib';\na();`],
  'a package for development': ['src/adapters', `import { a } from 'fast-check';\na();`],
  'a module of Node.js': ['src/requests/time', `import { a } from 'node:fs';\na();`],
  'a module of Node.js without its prefix': ['src/requests', `import { a } from 'fs';\na();`],
  'the local stack': ['src/app', `import { a } from '../../local/stack';\na();`],
  'a test': ['src/handlers', `import { a } from '../../test/support/eventually';\na();`],
  'a measurement': ['src/adapters', `import { a } from '../../bench/bench-options';\na();`],
  'the trial': ['src/batches', `import { a } from '../../trial/trial-options';\na();`],
  'the page': ['src/requests', `import { a } from '../../page/src/words';\na();`],
  'a file of the project': [
    'src/config',
    `import a from '../../package.json';\nexport const b = a;`,
  ],
  'an adapter from the page': ['page/src', `import { a } from '../../src/adapters/csv';\na();`],
  'a module of Node.js from the page': ['page/src', `import { a } from 'node:fs';\na();`],
  'the local stack from the page': ['page/src', `import { a } from '../../local/stack';\na();`],
} as const satisfies Record<string, readonly [folder: string, source: string]>;

const allowed = [
  ['src/meetings', `import { a } from '../requests/limits';\na();`],
  ['src/meetings/calls', `import { a } from '../pools/rank';\na();`],
  [
    'src/adapters/graph',
    `import { a } from 'node:https';\nimport b from '@azure/identity';\na(b);`,
  ],
  ['src/app', `export const a = require('../handlers/http/open-api') as object;`],
  ['page/src/steps/batch', `import { a } from '../../../../src/requests/plain-name';\na();`],
] as const;

/** Two files that import each other, one of them only a type. */
const circle = [
  ['src/results/one.ts', `import type { Two } from './two';\nexport type One = Two | 1;`],
  ['src/results/two.ts', `import type { One } from './one';\nexport type Two = One | 2;`],
] as const;

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
}

/** The files, of those in `folder`, in which the project's lint finds an import against the rules, or a circle. */
function filesRefusedIn(folder: string): Promise<Set<string>> {
  const lint = [join(root, 'node_modules/oxlint/bin/oxlint'), '--format', 'json', '--no-ignore'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [...lint, 'src', 'page'], { cwd: folder }, (_, out, err) => {
      if (!out.startsWith('{')) return reject(new Error(`${out}${err}`));
      const { diagnostics } = JSON.parse(out) as { readonly diagnostics: readonly Diagnostic[] };
      const found = diagnostics.filter(({ code }) => /import-rules|no-cycle/.test(code));
      resolve(new Set(found.map(({ filename }) => filename.replaceAll('\\', '/'))));
    });
  });
}

const pathOf = (folder: string, name: string): string =>
  `${folder}/${name.toLowerCase().replace(/\W+/g, '-')}.ts`;

describe('lint', () => {
  let refused: Set<string>;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'convoke-imports-'));
    try {
      await mkdir(join(folder, 'tools'));
      for (const path of ['oxlint.config.mts', 'import-rules.json', 'tools/import-rules.mjs'])
        await copyFile(join(root, path), join(folder, path));
      await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
      const files = [
        ...Object.entries(forbidden).map(([name, [place, text]]) => [pathOf(place, name), text]),
        ...allowed.map(([place, text]) => [pathOf(place, 'allowed'), text]),
        ...circle,
      ] as [string, string][];
      for (const [path, text] of files) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      refused = await filesRefusedIn(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test.each(Object.entries(forbidden))('refuses to import: %s', (name, [folder]) => {
    expect(refused).toContain(pathOf(folder, name));
  });

  test('refuses files that import each other, even if only types', () => {
    expect([...refused]).toEqual(expect.arrayContaining(circle.map(([path]) => path)));
  });

  test('takes what the rules allow', () => {
    const paths = allowed.map(([folder]) => pathOf(folder, 'allowed'));
    expect(paths.filter((path) => refused.has(path))).toEqual([]);
  });
});

test('no file of src or of the page switches the rule off', () => {
  const switchedOff = globSync(['src/**/*.ts', 'page/**/*.{ts,tsx}'], { cwd: root }).filter(
    (path) =>
      /(?:ox|es)lint-disable(?!-next-line typescript\/)/.test(
        readFileSync(join(root, path), 'utf8'),
      ),
  );
  expect(switchedOff).toEqual([]);
});
