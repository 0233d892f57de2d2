import fc from 'fast-check';
import { isDeeperThan, parseJsonText } from '../../../src/requests/parse/json-text';
import { anyText } from '../../support/arbitraries/any-text';

test.each([
  ['{"a":1}', { a: 1 }],
  ['\uFEFF {"a":1}\r\n', { a: 1 }],
  ['[1,2]', [1, 2]],
  ['"text"', 'text'],
  ['null', null],
])('reads %j', (text, value) => {
  expect(parseJsonText(text)).toEqual({ ok: true, value });
});

test.each([
  ['', 'The text is empty.'],
  ['\uFEFF \n', 'The text is empty.'],
  ['{"a":', 'The text is not JSON: it ends too early.'],
  ['{\n"a": 1,\n}', 'The text is not JSON: error at line 3, column 1.'],
  ['hello', 'The text is not JSON.'],
])('says where %j is broken', (text, message) => {
  expect(parseJsonText(text)).toEqual({
    ok: false,
    problems: [{ code: 'invalidJson', target: '$', message }],
  });
});

test.each([
  ['{"a":1,"a":2}', 'a'],
  ['{"a":{"b":[{"c":"}"},{"c":1, "c" :2}]}}', 'c'],
  ['{"a\\"{":1,"a\\u0022{":2}', 'a"{'],
])('names what %j has twice', (text, name) => {
  const message = `The name "${name}" occurs twice in one object.`;
  expect(parseJsonText(text)).toEqual({
    ok: false,
    problems: [{ code: 'conflicting', target: '$', message }],
  });
});

test.each([
  '{"a":{"a":["a","a"]},"b":{"a":"a"}}',
  '[{"a":1},{"a":2}]',
  '{"a":"\\"a\\":","b":1}',
  '{"a":"\\\\","b":"\\\\\\""}',
])('%j has nothing twice', (text) => {
  expect(parseJsonText(text)).toMatchObject({ ok: true });
});

test('reads a string with millions of escapes', () => {
  const text = JSON.stringify({ a: '\n'.repeat(10_000_000), b: '\\' });
  expect(parseJsonText(text).ok).toBe(true);
});

test('does not show what the text says', () => {
  const result = parseJsonText('{"passcode": secret-word}');
  expect(JSON.stringify(result)).not.toContain('secret');
});

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

test.each([64, 65, 10_000, 200_000])('takes 64 levels of nesting and no more: %d', (levels) => {
  const result = parseJsonText(nested(levels));
  expect(result.ok).toBe(levels <= 64);
  if (!result.ok) expect(result.problems).toMatchObject([{ code: 'tooDeep', target: '$' }]);
});

test.each([
  ['text', 0, false],
  [{}, 0, true],
  [{}, 1, false],
  [{ a: [{ b: 1 }] }, 2, true],
  [{ a: [{ b: 1 }] }, 3, false],
])('%j is deeper than %d: %p', (value, levels, expected) => {
  expect(isDeeperThan(value, levels)).toBe(expected);
});

test('reads what JSON.stringify writes, and never throws on anything else', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(parseJsonText(JSON.stringify(value))).toEqual({
        ok: true,
        value: JSON.parse(JSON.stringify(value)),
      });
    }),
  );
  fc.assert(
    fc.property(anyText(), (text) => {
      expect(typeof parseJsonText(text).ok).toBe('boolean');
    }),
  );
});
