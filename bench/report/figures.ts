/** One comparison: a measurement and its baseline. */
export interface Comparison {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The divisor of `value`; absent for a count with a target of its own. */
  readonly baseline?: { readonly what: string; readonly value: number };
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

export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export const ratioOf = ({ value, baseline }: Comparison): number | undefined =>
  baseline === undefined ? undefined : value / baseline.value;

/** Undefined when there is no target. */
export function isReached(comparison: Comparison): boolean | undefined {
  const { target, value } = comparison;
  if (target === undefined) return undefined;
  const judged = ratioOf(comparison) ?? value;
  return judged <= (target.atMost ?? Infinity) && judged >= (target.atLeast ?? -Infinity);
}

export const median = (values: readonly number[]): number => percentile(values, 50);

/** Nearest rank, so that it is always one of the values. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const rank = Math.ceil((percent / 100) * sorted.length) - 1;
  return sorted[Math.max(0, rank)] ?? NaN;
}

/** Calls the actions one after the other, round after round, so that drift affects all of them. Returns their results. */
export async function interleave<Name extends string, Result>(
  rounds: number,
  actions: Readonly<Record<Name, (round: number) => Promise<Result>>>,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(actions) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as Result[]])) as Record<
    Name,
    Result[]
  >;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) results[name].push(await actions[name](round));
  }
  return results;
}
