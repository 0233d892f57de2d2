import { shiftFormula } from '../../src/workbook/write/shift-formula';

const from = { column: 2, row: 2 };
const down = { column: 2, row: 5 };
const right = { column: 4, row: 2 };

test.each([
  ['IF(A2="","","x"&A2)', 'IF(A5="","","x"&A5)'],
  ['$A$1&A$1&$A2', '$A$1&A$1&$A5'],
  ['SUM(A2:C3)+SUM(B:B)+SUM(2:2)+SUM($1:1)', 'SUM(A5:C6)+SUM(B:B)+SUM(5:5)+SUM($1:4)'],
  ['Plan!A2&\'A2 plan\'!A2&"A2 ""A2"', 'Plan!A5&\'A2 plan\'!A5&"A2 ""A2"'],
  [
    'LOG10(A2)+Q1!A2+Tab1[[#This Row],[A2]]+x.A2+1E5',
    'LOG10(A5)+Q1!A5+Tab1[[#This Row],[A2]]+x.A2+1E5',
  ],
  ['ROW()&TAXES2024&A1048575', 'ROW()&TAXES2024&#REF!'],
  ["'It''s A2'!A2&T[[a]:[A2]]&A2", "'It''s A2'!A5&T[[a]:[A2]]&A5"],
])('%s copied three rows down is %s', (formula, moved) => {
  expect(shiftFormula(formula, from, down)).toBe(moved);
});

test.each([
  ['A2&$A2&Z1', 'C2&$A2&AB1'],
  ['SUM(A:$B)+SUM(2:2)', 'SUM(C:$B)+SUM(2:2)'],
  ['XFD2', '#REF!'],
])('%s copied two columns to the right is %s', (formula, moved) => {
  expect(shiftFormula(formula, from, right)).toBe(moved);
});

test('a reference above the sheet is lost', () => {
  expect(shiftFormula('A1', down, from)).toBe('#REF!');
});

test.each(['[', '[[A1]', '"', "'"])('a formula of many %s is read in one pass', (text) => {
  const formula = text.repeat(100_000);
  const start = performance.now();
  expect(shiftFormula(formula, from, from)).toBe(formula);
  // One pass takes a hundredth of a second; one from each place would take several seconds.
  expect(performance.now() - start).toBeLessThan(2_000);
});
