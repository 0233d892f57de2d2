import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countNames } from '../../page/src/api/status-counts';
import { allFields } from '../../page/src/columns/fields';
import { english } from '../../page/src/words/english';
import { german } from '../../page/src/words/german';
import { portuguese } from '../../page/src/words/portuguese';
import { meetingErrorCodes, type MeetingErrorCode } from '../../src/errors/meeting-error';
import { problemCodes } from '../../src/errors/problems';
import { previewOutcomes } from '../../src/results/meeting-result';

const root = join(__dirname, '../..');
const languages = { english, german, portuguese };

/** Codes that no answer to the page has, or for which the page shows something else. */
const neverShown: Partial<Record<MeetingErrorCode | 'wrongSetting', string>> = {
  batchFinished: 'stopped too late, the page shows the results',
  confirmationNeeded: 'only for retries of single requests',
  invalidMessage: 'only for messages of the queue',
  methodNotAllowed: 'the page uses the methods that there are',
  notImplemented: 'only for calls in the form of Graph',
  revisionReused: 'rows of the page have no revision',
  unauthenticated: 'the page asks people to sign in',
  unsupportedEncoding: 'the page does not compress what it sends',
  wrongSetting: 'only in the details of misconfigured',
};

/** The top-level names of the properties that columns can change; the people of an event are `invite`. */
const changedProperties = [
  ...allFields.flatMap(({ target }) => /^meeting\.([a-zA-Z]+)/.exec(target)?.[1] ?? []),
  ...['calendar.location', 'calendar.body', 'calendar.invite'],
];

/** The codes of problems and warnings that the app writes. */
const codesInSource: ReadonlySet<string> = new Set(
  globSync('src/**/*.ts', { cwd: root }).flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/\bcode: '(\w+)'/g)].map(
      ([, code = '']) => code,
    ),
  ),
);

/** Every text by its path; functions are called, so that their texts are included. */
function wordsIn(value: unknown, path = ''): ReadonlyMap<string, string> {
  if (typeof value === 'string') return new Map([[path, value]]);
  if (typeof value === 'function')
    return new Map([[path, String((value as (...given: unknown[]) => unknown)(2, 3))]]);
  return new Map(
    Object.entries(value as object).flatMap(([name, inner]) => [
      ...wordsIn(inner, path === '' ? name : `${path}.${name}`),
    ]),
  );
}

describe.each(Object.entries(languages))('in %s', (_name, words) => {
  const all = wordsIn(words);

  test('no word is missing', () => {
    expect([...all.keys()].toSorted()).toEqual([...wordsIn(english).keys()].toSorted());
    expect([...all].filter(([, word]) => word.trim() === '' || word.includes('undefined'))).toEqual(
      [],
    );
  });

  test('every field, choice, count, outcome and property that can change has its words', () => {
    const fields = allFields.map(({ target }) => `fields.${target}`);
    const choices = allFields.flatMap(({ target, choices: values = [] }) =>
      values.map((value) => `choices.${target} ${value}`),
    );
    const needed = [
      ...fields,
      ...choices,
      ...countNames.map((name) => `counts.${name}`),
      ...previewOutcomes.map((outcome) => `outcomes.${outcome}`),
      ...changedProperties.map((name) => `properties.${name}`),
      'warnings.organizerPoolExhausted',
    ];
    expect(needed.filter((path) => !all.has(path))).toEqual([]);
  });

  test('every code of an error that can reach the page has a sentence', () => {
    const codes = [...problemCodes, ...meetingErrorCodes].filter((code) => !(code in neverShown));
    expect(codes.filter((code) => !all.has(`problems.${code}`))).toEqual([]);
  });

  test('every other code that is written in src has a sentence: of a problem, or of a warning', () => {
    const isKnown = (code: string): boolean =>
      all.has(`problems.${code}`) || all.has(`warnings.${code}`) || code in neverShown;
    expect(codesInSource.size).toBeGreaterThan(15);
    expect([...codesInSource].filter((code) => !isKnown(code))).toEqual([]);
  });
});

test('no code that the page never shows has a sentence', () => {
  expect(Object.keys(neverShown).filter((code) => code in english.problems)).toEqual([]);
});

test.each([
  ['english', english, ['The row is correct.', '1 already exists', '1 is unchanged']],
  ['german', german, ['Die Zeile ist richtig.', '1 gibt es schon', '1 unverändert']],
  ['portuguese', portuguese, ['A linha está certa.', '1 já existe', '1 sem alteração']],
])('one row is not several in %s', (_name, words, sentences) => {
  const { outcomes, counts } = words;
  expect([words.allRight(1), `1 ${outcomes.unchanged(1)}`, `1 ${counts.unchanged(1)}`]).toEqual(
    sentences,
  );
});

test.each([
  ['german', german],
  ['portuguese', portuguese],
])('nothing is left in English in %s', (_name, words) => {
  const inEnglish = wordsIn(english);
  // Some words are the same.
  const same = [...wordsIn(words)].filter(
    ([path, word]) => word.length > 14 && inEnglish.get(path) === word,
  );
  expect(same).toEqual([]);
});
