import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  detailsOf,
  mergeRows,
  summaryOf,
  withMeasured,
  type MeasuredRow,
} from '../../bench/report/pages';
import { root } from '../infra/predictions';

const rowOf = (id: string, measured: string, value: number): MeasuredRow => ({
  id,
  measured,
  title: `The ${id}: how fast`,
  comparisons: [
    { what: 'rate', value, unit: '/s', target: { atLeast: 5 } },
    { what: 'share', value, unit: '', baseline: { what: 'loop', value: 4 }, target: { atMost: 2 } },
    { what: 'count', value: 3, unit: '' },
  ],
  notes: ['Simulated.'],
});

test('the summary has every figure with a goal, under its subject', () => {
  const rows = [rowOf('one', '2026-12-01', 6), rowOf('other', '2026-12-03', 2)];
  expect(summaryOf(rows).split('\n')).toEqual([
    'Measured from 2026-12-01 to 2026-12-03.',
    '',
    '| subject   | figure | measured | spread | baseline | goal |             |',
    '| --------- | ------ | -------- | ------ | -------- | ---- | ----------- |',
    '| The one   | rate   | 6 /s     |        |          | ≥ 5  | reached     |',
    '|           | share  | 1.50 ×   |        | loop     | ≤ 2  | reached     |',
    '| The other | rate   | 2 /s     |        |          | ≥ 5  | NOT REACHED |',
    '|           | share  | 0.50 ×   |        | loop     | ≤ 2  | reached     |',
  ]);
});

test('counts of one subject that all reach their goal share a line, and one that does not has its own', () => {
  const comparisons = [0, 0, 0, 0, 0, 0, 0, 9].map((value, index) => ({
    what: `count ${index}`,
    value,
    unit: 'calls',
    target: { atMost: 4 },
  }));
  const row = { ...rowOf('one', '2026-12-01', 6), comparisons };
  expect(summaryOf([row]).split('\n').slice(4)).toEqual([
    '| The one | count 7  | 9 calls  |        |          | ≤ 4          | NOT REACHED |',
    '|         | 7 counts |          |        |          | each its own | reached     |',
  ]);
});

test('what is measured again takes the place of what was, and nothing else changes', () => {
  const before = [rowOf('one', '2026-12-01', 1), rowOf('other', '2026-12-01', 2)];
  const now = [rowOf('new', '2026-12-02', 3), rowOf('one', '2026-12-02', 4)];
  expect(mergeRows(before, now)).toEqual([now[1], before[1], now[0]]);
});

test('a page without marks is not written', () => {
  expect(() => withMeasured('# Page', 'table')).toThrow('There is no <!-- measured:begin -->');
});

test.each([
  ['docs/performance.md', summaryOf],
  ['docs/performance-details.md', detailsOf],
])('%s says what bench/measured.json has', (path, contentOf) => {
  const rows = JSON.parse(readFileSync(join(root, 'bench/measured.json'), 'utf8'));
  const page = readFileSync(join(root, path), 'utf8');
  expect(withMeasured(page, contentOf(rows))).toBe(page);
});
