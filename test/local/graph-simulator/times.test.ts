import { assert, bigInt, integer, property } from 'fast-check';
import { formatTime, parseTime } from '../../../local/graph-simulator/meetings/times';

const ticks = bigInt({ min: 0n, max: 40_000_000_000_000_000n });

test('a printed time reads as the same instant', () => {
  assert(property(ticks, (time) => expect(parseTime(formatTime(time))).toBe(time)));
});

test('an offset shifts the instant and nothing else', () => {
  const minutes = integer({ min: -840, max: 840 });
  assert(
    property(ticks, minutes, (time, offset) => {
      const local = formatTime(time).replace('Z', toOffset(offset));
      expect(parseTime(local)).toBe(time - BigInt(offset) * 600_000_000n);
    }),
  );
});

function toOffset(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

test.each([['2026-12-01'], ['2026-13-01T00:00:00Z'], ['2026-02-29T00:00:00Z'], ['tomorrow'], ['']])(
  '%j is not a time',
  (text) => {
    expect(parseTime(text)).toBeUndefined();
  },
);
