import { median, medianInterval, type Interval } from './statistics';

/** A figure, and what each round gave where it was measured in rounds. */
export interface Measurement {
  readonly value: number;
  readonly rounds?: readonly number[];
}

/** One comparison: a measurement and its baseline. */
export interface Comparison extends Measurement {
  readonly what: string;
  readonly unit: string;
  /** The divisor of `value`, round by round; absent for a count with a target of its own. */
  readonly baseline?: Measurement & { readonly what: string };
  readonly target?: Target;
}

/** Limit of the ratio to the baseline, or of the value itself if there is none. */
export interface Target {
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** One subject of the bench, with all its results. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly comparisons: readonly Comparison[];
  /** What a reader must know to interpret the figures. */
  readonly notes: readonly string[];
  /** Points of a curve, if the row draws one. */
  readonly curves?: readonly Curve[];
}

/** The points of one line of a plot, in order. */
export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** Returns the median as the value. */
export const ofRounds = (rounds: readonly number[]): Measurement => ({
  value: median(rounds),
  rounds,
});

/** The median of the rounds' own ratios, since the two sides of a round share what the machine was doing then. */
export function ratioOf(comparison: Comparison): number | undefined {
  const { value, baseline } = comparison;
  if (baseline === undefined) return undefined;
  const ratios = ratiosOf(comparison);
  return ratios === undefined ? value / baseline.value : median(ratios);
}

/** The spread of what is judged: of the ratio, or of the value if there is no baseline. Undefined for what was not measured in rounds. */
export function spreadOf(comparison: Comparison): Interval | undefined {
  const judged = comparison.baseline === undefined ? comparison.rounds : ratiosOf(comparison);
  return judged === undefined || judged.length < 2 ? undefined : medianInterval(judged);
}

function ratiosOf({ rounds, baseline }: Comparison): number[] | undefined {
  const divisors = baseline?.rounds;
  if (rounds === undefined || divisors?.length !== rounds.length) return undefined;
  return rounds.map((value, round) => value / (divisors[round] ?? NaN));
}

/** How a comparison did. `cannot tell`: the target is within the spread. */
export type Verdict = 'reached' | 'not reached' | 'cannot tell';

/** Undefined when there is no target. A target within the spread decides nothing. */
export function verdictOf(comparison: Comparison): Verdict | undefined {
  const { target, value } = comparison;
  if (target === undefined) return undefined;
  const judged = ratioOf(comparison) ?? value;
  const { low, high } = spreadOf(comparison) ?? { low: judged, high: judged };
  const within = [low, high].map((end) => isWithin(target, end));
  if (within.every(Boolean)) return 'reached';
  return within.some(Boolean) ? 'cannot tell' : 'not reached';
}

const isWithin = ({ atMost, atLeast }: Target, value: number): boolean =>
  value <= (atMost ?? Infinity) && value >= (atLeast ?? -Infinity);

/** No target lies within a spread: further rounds would change no verdict. */
export const areClear = (comparisons: readonly Comparison[]): boolean =>
  comparisons.every((comparison) => verdictOf(comparison) !== 'cannot tell');
