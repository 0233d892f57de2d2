import fc from 'fast-check';
import { rank } from '../../../src/meetings/pools/rank';

const membersOf = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, place) => `dc17674c-81d9-4adb-bfb2-${String(place).padStart(12, '0')}`,
  );

const members = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 20 });

test('everybody is in the order once, and the order of the list does not matter', () => {
  fc.assert(
    fc.property(members, fc.string(), (ids, requestId) => {
      const ranked = [...rank(ids, requestId)];
      expect(ranked.toSorted()).toEqual(ids.toSorted());
      expect([...rank(ids.toReversed(), requestId)]).toEqual(ranked);
    }),
  );
});

test('a member who leaves changes nothing for the others', () => {
  fc.assert(
    fc.property(members, fc.string(), (ids, requestId) => {
      const [left, ...stayed] = ids;
      expect([...rank(stayed, requestId)]).toEqual(
        [...rank(ids, requestId)].filter((id) => id !== left),
      );
    }),
  );
});

test('the first places are spread evenly, also over ids that differ in their last digits alone', () => {
  const ids = membersOf(20);
  const firsts = new Map(ids.map((id) => [id, 0]));
  for (let request = 0; request < 5_000; request += 1) {
    const [first = ''] = rank(ids, `row-${request}`);
    firsts.set(first, (firsts.get(first) ?? 0) + 1);
  }
  // On average 250, with a standard deviation of 15.
  expect(Math.min(...firsts.values())).toBeGreaterThan(190);
  expect(Math.max(...firsts.values())).toBeLessThan(310);
});
