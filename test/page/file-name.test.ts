import { haveSameName, resultsNameFor, sheetNameFor } from '../../page/src/sheet/file-name';

test.each([
  ['evening.xlsx', 'xlsx', 'evening – Teams.xlsx'],
  ['evening.xlsm', 'xlsx', 'evening – Teams.xlsm'],
  ['evening.csv', 'csv', 'evening – Teams.csv'],
  ['evening.txt', 'csv', 'evening – Teams.csv'],
  ['pasted cells', 'csv', 'pasted cells – Teams.csv'],
  ['evening – Teams.csv', 'csv', 'evening – Teams.csv'],
  ['evening – Teams (1).xlsx', 'xlsx', 'evening – Teams.xlsx'],
  ['evening – Teams – Teams(2) – Teams.csv', 'csv', 'evening – Teams.csv'],
  ['Teams (1).csv', 'csv', 'Teams (1) – Teams.csv'],
  ['evening (2) – Teams (1).csv', 'csv', 'evening (2) – Teams.csv'],
] as const)('the sheet %s is downloaded as %s: %s', (name, format, downloaded) => {
  expect(sheetNameFor(name, format)).toBe(downloaded);
});

test.each([
  ['evening.csv: row 2', 'evening – row 2.csv'],
  ['evening – Teams.xlsx: cancelled', 'evening – Teams – cancelled.csv'],
  ['evening.csv: row 2: cancelled', 'evening – row 2 – cancelled.csv'],
])('the results of the change %s are downloaded as %s', (name, downloaded) => {
  expect(resultsNameFor(name)).toBe(downloaded);
});

test.each([
  ['evening.xlsx', 'evening.xlsx', true],
  ['evening.xlsx', 'evening.csv', true],
  ['evening.xlsx', 'evening (1).xlsx', true],
  ['evening.xlsx', 'evening(1).xlsx', true],
  ['evening.xlsx', 'evening – Teams.xlsx', true],
  ['evening.xlsx', 'evening – Teams (1).xlsx', true],
  ['evening.xlsx', 'evening – Teams(1).xlsx', true],
  ['evening.xlsx', 'evening – Teams – Teams (2).xlsx', true],
  ['evening.xlsx', 'evening (1) – Teams.xlsx', true],
  ['evening.xlsx', 'morning.xlsx', false],
  ['evening.xlsx', 'evening 2.xlsx', false],
  ['evening.xlsx', 'evening.xlsx: row 2', false],
  ['Teams.xlsx', 'Teams – Teams.xlsx', true],
])('%s and %s are probably the same sheet: %s', (one, other, areSame) => {
  expect(haveSameName(one, other)).toBe(areSame);
  expect(haveSameName(other, one)).toBe(areSame);
});
