import type { Path } from './exploration';
import type { Scheduler, Task } from './scheduler';

/**
 * The troubles of a call. `slow`: the call leaves the process after its lease has ended, and the host may have
 * delivered the message to another instance. `late`: the caller gives up, and Graph carries out the call much later.
 * `moved`: the organizer's name now belongs to another person. For pools: a person who is first in rank has `joined`,
 * the first has `left` or is `full`, or all are full, so the pool is `exhausted`. These occur when an attempt reads the
 * pool, because attempts notice them only then.
 */
export type Trouble =
  | 'crash'
  | 'lost'
  | 'answerLost'
  | 'throttled'
  | 'refused'
  | 'slow'
  | 'late'
  | 'moved'
  | PoolChange;
type PoolChange = 'joined' | 'left' | 'full' | 'exhausted';

export const storageTroubles: readonly Trouble[] = ['crash', 'lost', 'answerLost', 'slow'];
export const graphTroubles: readonly Trouble[] = [
  ...storageTroubles,
  'throttled',
  'refused',
  'late',
];
export const directoryTroubles: readonly Trouble[] = ['crash', 'lost', 'throttled', 'moved'];
const poolChanges: readonly Trouble[] = ['joined', 'left', 'full', 'exhausted'];
export const poolTroubles: readonly Trouble[] = ['crash', 'lost', 'throttled', ...poolChanges];

/** Throttling alone never costs a meeting, and a refusal is a failure unless an earlier call was interrupted. */
const harmless: readonly Trouble[] = ['throttled', 'refused', 'moved', ...poolChanges];

/** Troubles chosen by the path, up to a maximum. Omits troubles that are equivalent to others. */
export class Troubles {
  left: number;
  readonly #path: Path;
  readonly #kinds: readonly Trouble[];
  readonly #scheduler: Scheduler;
  readonly #met = new Set<Trouble>();
  readonly #readAt = new WeakMap<Task, number>();

  constructor(
    path: Path,
    bounds: { readonly troubles: number; readonly kinds: readonly Trouble[] },
    scheduler: Scheduler,
  ) {
    this.#path = path;
    this.left = bounds.troubles;
    this.#kinds = bounds.kinds;
    this.#scheduler = scheduler;
  }

  /** Troubles of this run. */
  get met(): Record<'nothing' | 'breakOff' | 'refusal' | 'poolChange', boolean> {
    return {
      poolChange: poolChanges.some((change) => this.#met.has(change)),
      nothing: this.#met.size === 0,
      breakOff: [...this.#met].some((trouble) => !harmless.includes(trouble)),
      refusal: this.#met.has('refused'),
    };
  }

  choose(task: Task, name: string, possible: readonly Trouble[]): Trouble | undefined {
    if (this.left === 0) return undefined;
    const same = this.#sameAsOther(task, name);
    const kinds = possible.filter((kind) => this.#kinds.includes(kind) && !same.includes(kind));
    const trouble = kinds[this.#path.choose(kinds.length + 1) - 1];
    if (trouble === undefined) return undefined;
    this.left -= 1;
    this.#met.add(trouble);
    return trouble;
  }

  /** A read has no effect: losing its answer equals losing the call, and dying after it equals dying before it. */
  #sameAsOther(task: Task, name: string): readonly Trouble[] {
    const { age } = this.#scheduler;
    const hasJustRead = this.#readAt.get(task) === age;
    const isRead = /^(get|find|read|list)/.test(name);
    if (isRead) this.#readAt.set(task, age);
    else this.#readAt.delete(task);
    const isSameAsLost = isRead && this.#kinds.includes('lost');
    return [
      ...(isSameAsLost ? (['answerLost'] as const) : []),
      ...(hasJustRead ? (['crash'] as const) : []),
    ];
  }
}
