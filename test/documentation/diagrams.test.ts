import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { codeBlocks, pages } from './pages';

/** Mermaid's error for each diagram, or null. */
function complaints(diagrams: readonly string[]): (string | null)[] {
  const answer = execFileSync(process.execPath, [join(__dirname, 'parse-diagrams.mjs')], {
    input: JSON.stringify(diagrams),
    encoding: 'utf8',
  });
  return JSON.parse(answer) as (string | null)[];
}

test('Mermaid can draw every diagram of every page', () => {
  const diagrams = pages().flatMap(({ path, text }) =>
    codeBlocks(text, 'mermaid').map((diagram) => ({ path, diagram })),
  );
  const found = complaints(diagrams.map(({ diagram }) => diagram));
  expect(diagrams.length).toBeGreaterThan(6);
  expect(diagrams.map(({ path }, index) => [path, found[index]])).toEqual(
    diagrams.map(({ path }) => [path, null]),
  );
});

test('a node with the name of a keyword is found', () => {
  const [valid, invalid] = complaints(['flowchart LR\n a --> b', 'flowchart LR\n a --> graph[b]']);
  expect(valid).toBeNull();
  expect(invalid).toMatch(/^Parse error on line 2/);
});
