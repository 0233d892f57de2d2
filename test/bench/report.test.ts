import { interleave, isReached, median, percentile, type Row } from '../../bench/report/figures';
import { toPlot } from '../../bench/report/plot';
import { toJson, toTable } from '../../bench/report/report';

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
    { what: 'rate', value: 150, unit: '/s', target: { atLeast: 200 } },
    { what: 'files', value: 5, unit: '' },
  ],
  notes: ['Simulated.'],
};

test('a table has each figure beside its baseline, its target and whether it is reached', () => {
  expect(toTable(row).split('\n')).toEqual([
    '## Cold start',
    '',
    '| what  | measured | baseline       | ratio | target |             |',
    '| ----- | -------- | -------------- | ----- | ------ | ----------- |',
    '| load  | 60 ms    | library: 50 ms | 1.20  | ≤ 1.5  | reached     |',
    '| rate  | 150 /s   |                |       | ≥ 200  | NOT REACHED |',
    '| files | 5        |                |       |        |             |',
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
      reached: true,
    },
    'cold: rate': { value: 150, unit: '/s', target: { atLeast: 200 }, reached: false },
    'cold: files': { value: 5, unit: '' },
  });
});

test.each([
  { value: 1.5, target: { atMost: 1.5 }, reached: true },
  { value: 1.51, target: { atMost: 1.5 }, reached: false },
  { value: 0.8, target: { atLeast: 0.8 }, reached: true },
  { value: NaN, target: { atMost: 1.5 }, reached: false },
])('$value against $target is reached: $reached', ({ value, target, reached }) => {
  expect(isReached({ what: 'x', value, unit: '', target })).toBe(reached);
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
