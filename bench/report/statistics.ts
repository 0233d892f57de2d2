/** Returns the median; of an even number of values, the lower one of the two in the middle. */
export const median = (values: readonly number[]): number => percentile(values, 50);

/** Nearest rank, so that it is always one of the values. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const rank = Math.ceil((percent / 100) * sorted.length) - 1;
  return sorted[Math.max(0, rank)] ?? NaN;
}

/** Where the true median lies. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** One in twenty intervals may miss the median. */
const confidence = 0.95;

/**
 * The confidence interval of the median from ranks alone, which assumes nothing of how the values scatter: the median is
 * above any value with the chance of a tossed coin (the sign test). Fewer than nine values give their whole range.
 */
export function medianInterval(values: readonly number[]): Interval {
  const sorted = values.toSorted((one, other) => one - other);
  const cut = outside(sorted.length);
  return { low: sorted[cut] ?? NaN, high: sorted[sorted.length - 1 - cut] ?? NaN };
}

/** How many values at each end lie outside the interval. */
function outside(count: number): number {
  let chance = 0.5 ** count;
  let below = chance;
  let cut = 0;
  while (cut < count / 2 && 1 - 2 * below >= confidence) {
    cut += 1;
    chance *= (count - cut + 1) / cut;
    below += chance;
  }
  return Math.max(0, cut - 1);
}
