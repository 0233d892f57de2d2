import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { meetingErrorCodes } from '../../src/errors/meeting-error';
import { ofType, root } from '../infra/predictions';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('docs/security.md', () => {
  const text = read('docs/security.md');
  const testFiles = globSync('test/**/*.test.ts', { cwd: root });
  const tests = testFiles.map((file) => read(file)).join('\n');

  test('names tests that exist', () => {
    const named = [...text.matchAll(/`([\w.-]+\.test\.ts)`/g)].map(([, name]) => name ?? '');
    expect(named.length).toBeGreaterThan(10);
    const existing = new Set(testFiles.map((file) => basename(file)));
    expect(named.filter((name) => !existing.has(name))).toEqual([]);
  });

  test('says their names as they are', () => {
    const quoted = [...text.matchAll(/\.test\.ts`: ([^)]+)\)/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/_([^_]+)_/g)].map(([, name = '']) => name.replaceAll(/\s+/g, ' ')),
    );
    expect(quoted.length).toBeGreaterThan(5);
    expect(quoted.filter((name) => !tests.includes(name))).toEqual([]);
  });
});

describe('docs/operations.md', () => {
  const text = read('docs/operations.md');

  test('has every error code', () => {
    const rows = text.slice(text.indexOf('## Error codes'), text.indexOf('## Cost'));
    expect(meetingErrorCodes.filter((code) => !rows.includes(`\`${code}\``))).toEqual([]);
  });

  test('has what to do about every alert, where the alert says it is', () => {
    const headings = [...text.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => heading);
    const linked = ofType('everything', 'Microsoft.Insights/scheduledQueryRules').map(
      ({ properties }) => (properties as { description: string }).description.split(' ').at(-1),
    );
    const page = 'https://example.com/convoke/docs/operations.md';
    expect(linked).toHaveLength(9);
    const there = headings
      .filter((heading) => heading.startsWith('Alert: '))
      .map((heading) => `${page}#${heading.toLowerCase().replace(': ', '-')}`);
    expect(new Set(linked)).toEqual(new Set(there));
  });
});
