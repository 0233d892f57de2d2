import { hash } from 'node:crypto';

/** The remaining budget of a state: troubles, switches and so on. */
export type Left = readonly number[];

/**
 * Known states, so that nothing is explored twice. A state includes everything that determines what follows. The next
 * step of a task depends only on its input and the answers it has had, so these represent the task.
 */
export class KnownStates {
  readonly #seen = new Map<string, readonly Left[]>();

  get size(): number {
    return this.#seen.size;
  }

  /** Whether the state is known with at least the same budget. Makes it known. */
  meets(state: string, left: Left): boolean {
    const key = hash('sha1', canonical(state), 'base64');
    const seen = this.#seen.get(key) ?? [];
    if (seen.some((other) => left.every((number, index) => number <= (other[index] ?? 0))))
      return true;
    this.#seen.set(key, [...seen, left]);
    return false;
  }
}

/** ETags are only compared, so their values do not matter. */
function canonical(state: string): string {
  const names = new Map<string, number>();
  return state.replaceAll(/W\/\\*"(\d+)/g, (_, etag: string) => {
    const name = names.get(etag) ?? names.size;
    names.set(etag, name);
    return `E${name}`;
  });
}
