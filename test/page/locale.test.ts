import { localeOf } from '../../page/src/words/locale';

test.each([
  ['en', ['en-GB', 'en'], 'en-GB'],
  ['de', ['en-US', 'de-AT'], 'de-AT'],
  ['de', ['de', 'de-CH'], 'de-CH'],
  ['en', ['de-DE', 'de'], 'en-DE'],
  ['pt', ['pt'], 'pt'],
  ['en', [], 'en'],
  ['en', ['*', 'fr-FR'], 'en-FR'],
])(
  'dates on the page in %s, with the languages %j, are in the form of %s',
  (language, tags, locale) => {
    expect(localeOf(language, tags)).toBe(locale);
  },
);
