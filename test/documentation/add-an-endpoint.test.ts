import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../local/project-folder';

const read = (path: string): string => readFileSync(join(projectFolder(), path), 'utf8');

/** The imports of the handler on the page, which belongs into this folder. */
const folder = 'src/handlers/http/meetings';
const [, handler = ''] = read('docs/add-an-endpoint.md').split('```ts\n');
const imports = [...handler.matchAll(/^import (?:type )?\{ (\w+) \} from '(\.[^']+)';/gm)].map(
  ([, name = '', path = '']) => [name, join(folder, `${path}.ts`)] as const,
);

test('the handler on the page has imports', () => {
  expect(imports).toHaveLength(6);
});

test.each(imports)('the handler on the page can import %s from %s', (name, file) => {
  expect(read(file)).toMatch(new RegExp(String.raw`^export .*\b${name}\b`, 'm'));
});
