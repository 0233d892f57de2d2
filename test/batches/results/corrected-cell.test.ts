import { toCorrectedCell } from '../../../src/batches/results/corrected-cell';

test.each([
  ['anna@contoso.com', undefined],
  ['45', { kind: 'number', value: 45 }],
  ['7,5', { kind: 'number', value: 7.5 }],
  ['0017', undefined],
  ['15.01.2030', { kind: 'day', value: 47_498 }],
  ['2030-01-15 18:00', { kind: 'day', value: 47_498.75 }],
  ['18:00', { kind: 'time', value: 0.75 }],
  ['31.02.2030', undefined],
  ['01/02/2030', undefined],
  ['2030-01-15T18:00:00Z', undefined],
])('%s', (text, number) => {
  expect(toCorrectedCell(text, undefined)).toEqual({ text, ...(number && { number }) });
});

test('a date that needs an order has the one that the row has', () => {
  expect(toCorrectedCell('02/01/2030', 'dmy').number).toEqual({ kind: 'day', value: 47_485 });
  expect(toCorrectedCell('02/01/2030', 'mdy').number).toEqual({ kind: 'day', value: 47_515 });
});
