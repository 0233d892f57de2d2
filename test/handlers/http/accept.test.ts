import { acceptsCoding, preferredType } from '../../../src/handlers/http/accept';

const offered = new Map([
  ['application/json', 'json'],
  ['text/csv', 'csv'],
  ['text/html', 'html'],
]);

test.each([
  [null, 'json'],
  ['', 'json'],
  ['*/*', 'json'],
  ['text/csv', 'csv'],
  ['Text/CSV; charset=utf-8', 'csv'],
  ['text/csv;q=0', 'json'],
  ['text/csv;q=0.1, application/json', 'json'],
  ['application/json;q=0.1, text/csv', 'csv'],
  ['text/html, text/csv', 'html'],
  ['text/csv, */*', 'csv'],
  ['*/*, text/csv', 'csv'],
  ['text/csv;q=0.1, */*;q=0.8', 'json'],
  ['application/json;q=0, */*', 'csv'],
  ['text/*', 'csv'],
  ['text/csv;q=0, text/*', 'html'],
  ['text/csvx', 'json'],
  ['image/png', 'json'],
])('Accept: %s prefers %s', (accept, form) => {
  expect(preferredType(accept, offered)).toBe(form);
});

test.each([
  [null, false],
  ['gzip, br', true],
  ['br, gzip;q=0.5', true],
  ['gzip;q=0', false],
  ['not-gzip', false],
])('Accept-Encoding: %s takes gzip: %s', (accept, taken) => {
  expect(acceptsCoding(accept, 'gzip')).toBe(taken);
});
