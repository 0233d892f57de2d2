import type { Random } from '../../local/graph-simulator/random';

/** Returns one of the values, each with the same probability. */
export const pick = <T>(values: readonly [T, ...T[]], random: Random): T =>
  values[Math.floor(random() * values.length)] ?? values[0];
