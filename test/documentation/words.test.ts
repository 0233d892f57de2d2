import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../infra/predictions';
import { prose } from './pages';

/** Phrases that are hard to read, and words that the field does not use. */
const banned =
  /\b(?:is due|are due|mend(?:s|ed)?|whoever|is through|for ever|slip of the pen|before your eyes|settles?|settled|revives?|revived|patience|tally|tickets?|doors?)\b/i;

const texts = [
  ...globSync(['*.md', 'docs/**/*.md', 'power-automate/**/*.md'], { cwd: root }).map(
    (path) => [path, prose(readFileSync(join(root, path), 'utf8'))] as const,
  ),
  ...globSync('{cli,page,src}/**/*.{ts,tsx}', { cwd: root }).map(
    (path) => [path, readFileSync(join(root, path), 'utf8')] as const,
  ),
].map(([path, text]) => ({ path: path.replaceAll('\\', '/'), text }));

/** The style guide names what it bans. */
const isExempt = (path: string): boolean => path === 'docs/style.md';

const wrong = (text: string): string[] => text.split('\n').filter((line) => banned.test(line));

test('pages, messages, comments and names use plain words', () => {
  expect(texts.length).toBeGreaterThan(200);
  expect(
    texts
      .filter(({ path }) => !isExempt(path))
      .flatMap(({ path, text }) => wrong(text).map((line) => `${path}: ${line.trim()}`)),
  ).toEqual([]);
});

test.each([
  ['A batch that is through waits.', 1],
  ['Whoever calls gets 201.', 1],
  ['The delimiter is required.\nEvery doorway is open.', 0],
])('%j has %i lines with a banned word', (text, count) => {
  expect(wrong(text)).toHaveLength(count);
});
