import { MeetingError, meetingErrorCodes } from '../../src/errors/meeting-error';
import { settings, type Setting } from '../../src/config/settings';
import { httpStatusOf } from '../../src/errors/http-status';
import { page } from './pages';

/** The table between a page's two marks of this name. */
const table = (path: string, name: string): string =>
  page(path).split(`<!-- ${name}:begin -->`)[1]?.split(`<!-- ${name}:end -->`)[0]?.trim() ?? '';

/** Table cells without the padding that the formatter puts in. */
const rows = (markdown: string): string[][] =>
  markdown
    .split('\n')
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

test('docs/errors.md lists every error code with its HTTP status and remedy', () => {
  const expected = meetingErrorCodes.map((code) => {
    const { remedy, retryable } = new MeetingError(code, '');
    return [`\`${code}\``, String(httpStatusOf[code]), retryable ? 'yes' : 'no', remedy];
  });
  expect(rows(table('docs/errors.md', 'errors'))).toEqual(expected);
});

test('docs/settings.md lists every setting', () => {
  const expected = settings.map((setting: Setting) => [
    `\`${setting.name}\``,
    setting.default ?? '',
    setting.meaning,
  ]);
  expect(rows(table('docs/settings.md', 'settings'))).toEqual(expected);
});
