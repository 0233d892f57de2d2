/** Waits for works of which only the latest counts: how the others end is ignored. */
export class Latest {
  #work: Promise<unknown> | undefined;

  async wait<Value>(
    work: Promise<Value>,
    onEnd: (value: Value) => void,
    onError: (thrown: unknown) => void,
  ): Promise<void> {
    this.#work = work;
    try {
      const value = await work;
      if (this.#work === work) onEnd(value);
    } catch (thrown) {
      if (this.#work === work) onError(thrown);
    }
  }

  /** From now on, no work counts until the next one. */
  leave(): void {
    this.#work = undefined;
  }
}
