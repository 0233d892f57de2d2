import { areClear, ofRounds, ratioOf, verdictOf, type Row } from '../../bench/report/figures';
import { toPlot } from '../../bench/report/plot';
import { toJson, toTable } from '../../bench/report/report';
import { interleave, interleaveUntil } from '../../bench/report/rounds';
import { median, medianInterval, percentile } from '../../bench/report/statistics';

const row: Row = {
  id: 'cold',
  title: 'Cold start',
  comparisons: [
    {
      what: 'load',
      value: 60,
      unit: 'ms',
      baseline: { what: 'library', value: 50 },
      target: { atMost: 1.5 },
    },
    { what: 'rate', ...ofRounds([150, 140, 160]), unit: '/s', target: { atLeast: 200 } },
    {
      what: 'CPU',
      ...ofRounds([3, 4, 6]),
      unit: 'ms',
      baseline: { what: 'loop', ...ofRounds([3, 5, 4]) },
      target: { atMost: 1 },
    },
    { what: 'files', value: 5, unit: '' },
  ],
  notes: ['Simulated.'],
};

test('a table has each figure beside its baseline, its goal and whether it is reached', () => {
  expect(toTable(row).split('\n')).toEqual([
    '## Cold start',
    '',
    '| what  | measured | baseline       | ratio | spread    | goal  |                      |',
    '| ----- | -------- | -------------- | ----- | --------- | ----- | -------------------- |',
    '| load  | 60 ms    | library: 50 ms | 1.20  |           | ≤ 1.5 | reached              |',
    '| rate  | 150 /s   |                |       | 140–160   | ≥ 200 | NOT REACHED          |',
    '| CPU   | 4 ms     | loop: 4 ms     | 1.00  | 0.80–1.50 | ≤ 1   | this run cannot tell |',
    '| files | 5        |                |       |           |       |                      |',
    '',
    '- Simulated.',
    '',
  ]);
});

test('as JSON each figure has a name of its own', () => {
  expect(toJson([row])).toEqual({
    'cold: load / library': {
      value: 60,
      unit: 'ms',
      baseline: 50,
      ratio: 1.2,
      target: { atMost: 1.5 },
      verdict: 'reached',
    },
    'cold: rate': {
      value: 150,
      unit: '/s',
      spread: { low: 140, high: 160 },
      target: { atLeast: 200 },
      verdict: 'not reached',
    },
    'cold: CPU / loop': {
      value: 4,
      unit: 'ms',
      baseline: 4,
      ratio: 1,
      spread: { low: 0.8, high: 1.5 },
      target: { atMost: 1 },
      verdict: 'cannot tell',
    },
    'cold: files': { value: 5, unit: '' },
  });
});

test.each([
  { value: 1.5, target: { atMost: 1.5 }, verdict: 'reached' },
  { value: 1.51, target: { atMost: 1.5 }, verdict: 'not reached' },
  { value: 0.8, target: { atLeast: 0.8 }, verdict: 'reached' },
  { value: NaN, target: { atMost: 1.5 }, verdict: 'not reached' },
])('$value against $target is $verdict', ({ value, target, verdict }) => {
  expect(verdictOf({ what: 'x', value, unit: '', target })).toBe(verdict);
});

test.each([
  { rounds: [1.1, 1.2, 1.3], verdict: 'reached' },
  { rounds: [1.4, 1.6, 1.2], verdict: 'cannot tell' },
  { rounds: [1.6, 1.7, 1.8], verdict: 'not reached' },
])('rounds of $rounds against at most 1.5: $verdict', ({ rounds, verdict }) => {
  const comparison = { what: 'x', ...ofRounds(rounds), unit: '', target: { atMost: 1.5 } };
  expect(verdictOf(comparison)).toBe(verdict);
  expect(areClear([comparison])).toBe(verdict !== 'cannot tell');
});

test('a ratio is the median of the ratios of each round, so that a slow minute affects both sides', () => {
  const comparison = {
    what: 'x',
    ...ofRounds([1, 20, 3]),
    unit: 'ms',
    baseline: { what: 'y', ...ofRounds([2, 40, 6]) },
  };
  expect(ratioOf(comparison)).toBe(0.5);
});

/** Ranks of the sign test for 95 %. */
test.each([
  { count: 3, low: 1, high: 3 },
  { count: 7, low: 1, high: 7 },
  { count: 9, low: 2, high: 8 },
  { count: 12, low: 3, high: 10 },
  { count: 15, low: 4, high: 12 },
  { count: 21, low: 6, high: 16 },
])('the median of $count values lies between ranks $low and $high', ({ count, low, high }) => {
  const values = Array.from({ length: count }, (_, index) => count - index);
  expect(medianInterval(values)).toEqual({ low, high });
});

test('a percentile is one of the values', () => {
  const values = [40, 10, 30, 20];
  expect([percentile(values, 0), median(values), percentile(values, 99)]).toEqual([10, 20, 40]);
});

test('rounds take turns', async () => {
  const order: string[] = [];
  const action = (name: string) => async (round: number) => {
    order.push(`${name}${round}`);
    return round;
  };
  expect(await interleave(2, { one: action('a'), other: action('b') })).toEqual({
    one: [0, 1],
    other: [0, 1],
  });
  expect(order).toEqual(['a0', 'b0', 'a1', 'b1']);
});

test('rounds go on until enough is known, and end at the maximum', async () => {
  const count = (round: number) => Promise.resolve(round);
  const rounds = await interleaveUntil(
    { min: 2, max: 9 },
    { count },
    (results) => results.count.length > 3,
  );
  expect(rounds.count).toEqual([0, 1, 2, 3]);
  const all = await interleaveUntil({ min: 2, max: 5 }, { count }, () => false);
  expect(all.count).toHaveLength(5);
});

test('a plot has a line for each curve, and its name', () => {
  const svg = toPlot([
    {
      name: '128 at once',
      points: [
        { x: 100, y: 200 },
        { x: 2000, y: 50 },
      ],
    },
  ]);
  expect(svg).toContain('<polyline points="80,24 680,237"');
  expect(svg).toContain('>128 at once</text>');
  expect(svg).toContain('>2000 ms</text>');
});
