import { hash } from 'node:crypto';

/** How much may still go wrong from a state on: troubles, switches and the like. */
export type Left = readonly number[];

/**
 * States that were met before, so that nothing is explored twice. A state says everything that what follows depends on. What a
 * task is about to do depends only on what it was given and on the answers that it has had, so these stand for it.
 */
export class KnownStates {
  readonly #seen = new Map<string, readonly Left[]>();

  get size(): number {
    return this.#seen.size;
  }

  /** Whether the same state was met with as much left, or more. From now on it is known. */
  meets(state: string, left: Left): boolean {
    const key = hash('sha1', canonical(state), 'base64');
    const seen = this.#seen.get(key) ?? [];
    if (seen.some((other) => left.every((number, index) => number <= (other[index] ?? 0))))
      return true;
    this.#seen.set(key, [...seen, left]);
    return false;
  }
}

/** ETags are only ever compared, so which they are makes no difference. */
function canonical(state: string): string {
  const names = new Map<string, number>();
  return state.replaceAll(/W\/\\*"(\d+)/g, (_, etag: string) => {
    const name = names.get(etag) ?? names.size;
    names.set(etag, name);
    return `E${name}`;
  });
}
