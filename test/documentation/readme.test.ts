import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MeetingError, meetingErrorCodes } from '../../src/errors/meeting-error';
import { settings, type Setting } from '../../src/config/settings';
import { httpStatusOf } from '../../src/errors/http-status';

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');

const section = (name: string): string =>
  readme.split(`<!-- ${name}:begin -->`)[1]?.split(`<!-- ${name}:end -->`)[0]?.trim() ?? '';

/** Table cells without the padding that the formatter puts in. */
const rows = (table: string): string[][] =>
  table
    .split('\n')
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

test('the README lists every error code with its HTTP status and remedy', () => {
  const expected = meetingErrorCodes.map((code) => {
    const { remedy, retryable } = new MeetingError(code, '');
    return [`\`${code}\``, String(httpStatusOf[code]), retryable ? 'yes' : 'no', remedy];
  });
  expect(rows(section('errors'))).toEqual(expected);
});

test('the README lists every setting', () => {
  const expected = settings.map((setting: Setting) => [
    `\`${setting.name}\``,
    setting.default ?? '',
    setting.meaning,
  ]);
  expect(rows(section('settings'))).toEqual(expected);
});

test('every page that the README links to is there', () => {
  const pages = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, page]) => page ?? '');
  expect(pages.filter((page) => !existsSync(join(__dirname, '../..', page)))).toEqual([]);
});
