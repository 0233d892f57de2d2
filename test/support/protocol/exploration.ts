import fc from 'fast-check';
/** One path through a system: the choices made on it, in order. */
export class Path {
  readonly #given: readonly number[];
  readonly #taken: { readonly choice: number; readonly options: number }[] = [];

  constructor(given: readonly number[]) {
    this.#given = given;
  }

  /** Whether all given choices are used: from here on, the path differs from earlier ones. */
  get isNew(): boolean {
    return this.#taken.length >= this.#given.length;
  }

  /** The next choice, a number below `options`; by default 0, the normal course. */
  choose(options: number): number {
    const choice = (this.#given[this.#taken.length] ?? 0) % options;
    this.#taken.push({ choice, options });
    return choice;
  }

  /** The next path in order, undefined after the last. */
  next(): readonly number[] | undefined {
    const taken = [...this.#taken];
    for (let last = taken.pop(); last !== undefined; last = taken.pop()) {
      if (last.choice + 1 < last.options)
        return [...taken.map(({ choice }) => choice), last.choice + 1];
    }
    return undefined;
  }
}

/** Limits stack traces, because Jest sets a hundred frames and most paths create errors that are never shown. */
const maxFrames = 10;

/** Runs every path, and resolves to their number. */
export async function explore(run: (path: Path) => Promise<void>): Promise<number> {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = maxFrames;
  try {
    return await runAll(run);
  } finally {
    Error.stackTraceLimit = before;
  }
}

async function runAll(run: (path: Path) => Promise<void>): Promise<number> {
  let runs = 0;
  for (let given: readonly number[] | undefined = []; given !== undefined; runs += 1) {
    const path: Path = new Path(given);
    await run(path);
    given = path.next();
  }
  return runs;
}

/** A random choice: the first option `weight` times as often as all others together. */
const biasedChoice = (weight: number): fc.Arbitrary<number> =>
  fc.oneof({ weight, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 7 }) });

/** The choices on a long random path. */
export const longWays = fc.array(biasedChoice(3), { maxLength: 80 });

/** The same for systems with hundreds of calls: the faults are spread over all of them. */
export const sparseWays = fc.array(biasedChoice(20), {
  minLength: 100,
  maxLength: 300,
  size: 'max',
});
