import fc from 'fast-check';

/** The code points of half a surrogate pair, which are no characters. */
const surrogates = { first: 0xd800, count: 0x800 };
const codePoints = 0x110000 - surrogates.count;

/**
 * Any character, as of fast-check's unit `binary`, which builds a map of a million characters in each test file:
 * https://fast-check.dev/docs/core-blocks/arbitraries/primitives/string/
 */
const anyCharacter = fc.nat({ max: codePoints - 1 }).map(
  (index) => String.fromCodePoint(index < surrogates.first ? index : index + surrogates.count),
  (text) => {
    const codePoint = typeof text === 'string' ? text.codePointAt(0) : undefined;
    if (codePoint === undefined || text !== String.fromCodePoint(codePoint))
      throw new Error('It is not one character.');
    return codePoint < surrogates.first ? codePoint : codePoint - surrogates.count;
  },
);

/** Text of any characters. */
export const anyText = (limits: Pick<fc.StringConstraints, 'maxLength'> = {}) =>
  fc.string({ ...limits, unit: anyCharacter });
