import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './predictions';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = read('docs/deploy.md');
const commands = [...page.matchAll(/^```\w+\n(.*?)^```/gms)].map(([, text = '']) => text).join('');

const allOf = (text: string, pattern: RegExp): Set<string> =>
  new Set([...text.matchAll(pattern)].map(([, found = '']) => found));
const outputs = allOf(read('infra/main.bicep'), /^output (\w+) /gm);
const parameters = allOf(read('infra/main.bicepparam'), /readEnvironmentVariable\('(\w+)'/g);
const readByHooks = new Set(['CONVOKE_ORGANIZER_GROUP_ID', 'CONVOKE_LOOK_UP_PEOPLE']);

describe('docs/deploy.md', () => {
  test('lists every choice that the template and its hooks read, and no other', () => {
    const choices = page.slice(page.indexOf('## Choices'), page.indexOf('### Sign-in'));
    const listed = allOf(choices, /^\| `(CONVOKE_\w+)`/gm);
    const wanted = [...parameters, ...readByHooks].filter((name) => name.startsWith('CONVOKE_'));
    expect([...listed].toSorted()).toEqual(wanted.toSorted());
    const hooks =
      read('infra/scripts/postprovision.mjs') + read('infra/scripts/grant-graph-permissions.mjs');
    expect([...readByHooks].filter((name) => !hooks.includes(name))).toEqual([]);
  });

  test('uses no variable that nothing sets', () => {
    const givenByAzd = [...outputs, 'AZURE_ENV_NAME'];
    const set = allOf(commands, /(?:^| |export )([A-Z]\w*)=/gm);
    const used = [...allOf(commands, /\$(?:env:)?([A-Z]\w*)/g)];
    expect(used.length).toBeGreaterThan(8);
    expect(
      used.filter((name) => !set.has(name) && !givenByAzd.includes(name) && name !== 'NAME'),
    ).toEqual([]);
  });

  test('asks azd for nothing that the template does not give', () => {
    const exported = commands.split('for NAME in ')[1]?.split(';')[0]?.split(' ') ?? [];
    const asked = [...exported, ...allOf(page, /azd env get-value (\w+)/g)];
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !outputs.has(name))).toEqual([]);
  });

  test('names files and scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const files = [...allOf(commands, /(?:^|[\s(/])(infra\/[\w./-]+)/gm)];
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    const run = [...allOf(commands, /npm run (\w+)/g)];
    expect(run.toSorted()).toEqual(['doctor', 'package']);
    expect(run.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test('says plainly what nobody has tried', () => {
    expect(page.split('## Not tried')[1]?.match(/^- /gm)?.length).toBeGreaterThan(6);
  });
});
