import { cutText } from '../../src/errors/cut-text';

test.each([
  ['a shorter text', 'anna', 'anna'],
  ['a longer text', 'annabel', 'annab'],
  ['a character that fits', 'ann\u{1F600}x', 'ann\u{1F600}'],
  ['a character that would be cut in two', 'anna\u{1F600}', 'anna\u{FFFD}'],
  ['half a character that came so', 'a\uD83Db', 'a\u{FFFD}b'],
])('cuts %s', (_, text, cut) => {
  expect(cutText(text, 5)).toBe(cut);
});
