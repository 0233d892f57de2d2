import fc from 'fast-check';
import {
  describeValue,
  nearestName,
  Problems,
  propertyPath,
  shorten,
} from '../../src/errors/problems';
import { anyText } from '../support/arbitraries/any-text';

describe('Problems', () => {
  test('lists what was added, in that order', () => {
    const problems = new Problems();
    problems.add('missing', 'organizer', 'Add an organizer.');
    problems.add('unknownValue', 'meeting.allowedPresenters', 'No.');
    expect(problems.list()).toEqual([
      { code: 'missing', target: 'organizer', message: 'Add an organizer.' },
      { code: 'unknownValue', target: 'meeting.allowedPresenters', message: 'No.' },
    ]);
  });

  test.each([
    [51, 'There is 1 more problem, which is not listed.'],
    [60, 'There are 10 more problems, which are not listed.'],
  ])('names the first fifty of %i and counts the rest', (count, message) => {
    const problems = new Problems();
    for (let index = 0; index < count; index += 1) problems.add('missing', `a${index}`, 'No.');
    expect(problems.count).toBe(count);
    expect(problems.list()).toHaveLength(51);
    expect(problems.list().at(-1)).toEqual({ code: 'tooMany', target: '$', message });
  });
});

test.each([
  ['text', '"text"'],
  [12.5, '12.5'],
  [true, 'true'],
  [null, 'null'],
  [undefined, 'undefined'],
  [[1], 'a list'],
  [{ a: 1 }, 'an object'],
  ['x'.repeat(60), `"${'x'.repeat(60)}"`],
  ['x'.repeat(61), `"${'x'.repeat(59)}…"`],
  ['a\nb\u202ec', '"a\u{FFFD}b\u{FFFD}c"'],
])('describes %p as %s', (value, expected) => {
  expect(describeValue(value)).toBe(expected);
});

test('never shows more than sixty characters of a value, nor a control character', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 200 }), (text) => {
      expect(shorten(text).length).toBeLessThanOrEqual(60);
      expect(shorten(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
  );
});

test.each([
  ['', 'meeting', 'meeting'],
  ['meeting', 'subject', 'meeting.subject'],
  ['meeting', 'a b', 'meeting["a b"]'],
  ['', 'a.b"c', '$["a.b\\"c"]'],
  ['meeting', '__proto__', 'meeting.__proto__'],
])('the property of %p called %p has the path %s', (parent, name, expected) => {
  expect(propertyPath(parent, name)).toBe(expected);
});

test.each([
  ['Subject', 'subject'],
  ['subjct', 'subject'],
  ['sujbect', 'subject'],
  ['startDatetime', 'startDateTime'],
  ['colour', undefined],
  ['sub', undefined],
  ['s'.repeat(100), undefined],
])('the known name nearest to %s is %s', (given, expected) => {
  expect(nearestName(given, ['subject', 'startDateTime', 'endDateTime'])).toBe(expected);
});
