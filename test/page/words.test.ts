import { countNames } from '../../page/src/status-counts';
import { allFields } from '../../page/src/columns/fields';
import { english } from '../../page/src/words/english';
import { german } from '../../page/src/words/german';
import { portuguese } from '../../page/src/words/portuguese';
import { problemCodes } from '../../src/errors/problems';
import { previewOutcomes } from '../../src/results/meeting-result';

const languages = { english, german, portuguese };

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

  test('every problem of a row, every field, choice, count and outcome has its words', () => {
    const fields = allFields.map(({ target }) => `fields.${target}`);
    const choices = allFields.flatMap(({ target, choices: values = [] }) =>
      values.map((value) => `choices.${target} ${value}`),
    );
    const needed = [
      ...problemCodes.map((code) => `problems.${code}`),
      ...[
        'organizerNotFound',
        'organizerNotLicensed',
        'accessPolicyMissing',
        'requestIdReused',
      ].map((code) => `problems.${code}`),
      ...fields,
      ...choices,
      ...countNames.map((name) => `counts.${name}`),
      ...previewOutcomes.map((outcome) => `outcomes.${outcome}`),
    ];
    expect(needed.filter((path) => !all.has(path))).toEqual([]);
  });
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
