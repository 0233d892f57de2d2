import fc from 'fast-check';
import { evaluateTemplate, parseTemplate } from '../support/power-automate/workflow-expression';
import { plainFunctions } from '../support/power-automate/workflow-functions';

const functions = {
  ...plainFunctions,
  item: () => ({ Start: 46_357.604166666664, Name: "O'Neill", Nested: { Deep: 1 } }),
};

test.each([
  ['plain text', 'plain text'],
  ['@@not an expression', '@not an expression'],
  ["@item()?['Name']", "O'Neill"],
  ["@item()?['Nested']?['Deep']", 1],
  ['@item().Nested.Deep', 1],
  ["@item()?['Missing']?['Deep']", null],
  ["@concat('it''s ', 1, ' and ', true)", "it's 1 and true"],
  ["@{item()?['Name']}: @{length('abc')}", "O'Neill: 3"],
  ["a}b@{string('}')}c", 'a}b}c'],
  ["@if(empty(''), -1.5, null)", -1.5],
  ['@base64(string(json(\'{"a":[1]}\')))', 'eyJhIjpbMV19'],
  [
    "@addSeconds('1899-12-30', int(formatNumber(mul(float(item()?['Start']), 86400), '0')))",
    '2026-12-01T14:30:00.000Z',
  ],
])('%s', (text, value) => {
  expect(evaluateTemplate(text, functions)).toEqual(value);
});

test.each([
  '@',
  '@concat(',
  "@concat('a'",
  "@item()?['a'",
  '@item',
  "@'open",
  '@concat(1,)',
  '@concat(1) 2',
  '@{concat(1)',
  '@item()..a',
  '@+',
])('%s is no expression', (text) => expect(() => parseTemplate(text)).toThrow(SyntaxError));

test('a member that does not exist is an error', () => {
  expect(() => evaluateTemplate("@item()['Missing']", functions)).toThrow('There is no Missing');
});

test('any text is unchanged as a literal', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(evaluateTemplate(`@concat('${text.replaceAll("'", "''")}')`, functions)).toBe(text);
    }),
  );
});
