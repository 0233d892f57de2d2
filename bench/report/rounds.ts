type Actions<Name extends string, Result> = Readonly<
  Record<Name, (round: number) => Promise<Result>>
>;

/** Calls the actions one after the other, round after round, so that drift affects all of them. Returns their results. */
export const interleave = <Name extends string, Result>(
  rounds: number,
  actions: Actions<Name, Result>,
): Promise<Record<Name, Result[]>> =>
  interleaveUntil({ min: rounds, max: rounds }, actions, () => true);

/** The number of rounds. */
export interface RoundLimits {
  readonly min: number;
  readonly max: number;
  /** After this time, in milliseconds, no round begins unless there are fewer than `min`. */
  readonly maxMs?: number;
}

/** As `interleave`, until enough is known: at least `min` rounds, at most `max`. */
export async function interleaveUntil<Name extends string, Result>(
  { min, max, maxMs = Infinity }: RoundLimits,
  actions: Actions<Name, Result>,
  enough: (results: Readonly<Record<Name, readonly Result[]>>) => boolean,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(actions) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as Result[]])) as Record<
    Name,
    Result[]
  >;
  const end = performance.now() + maxMs;
  const isOver = (round: number): boolean =>
    round >= min && (enough(results) || performance.now() > end);
  for (let round = 0; round < max && !isOver(round); round += 1) {
    for (const name of names) results[name].push(await actions[name](round));
  }
  return results;
}
