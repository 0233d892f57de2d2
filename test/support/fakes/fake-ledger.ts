import type { LedgerEntry } from '../../../src/meetings/ledger';
import type {
  EndedChange,
  EntryWithChange,
  EntryWithChanges,
  RequestLedger,
  StoredEntry,
} from '../../../src/meetings/request-ledger';

/** The ledger in memory; held to the same contract as the table. */
export class FakeLedger implements RequestLedger {
  readonly #rows = new Map<string, StoredEntry>();
  /** The written text of each row. */
  readonly #texts = new Map<string, string>();
  readonly #changes = new Map<string, readonly EndedChange[]>();
  #writes = 0;

  /** Its whole state as text. */
  get state(): string {
    const rows = [...this.#rows].map(([id, { etag }]) => `${etag} ${this.#texts.get(id)}`);
    return [...rows, JSON.stringify([...this.#changes])].join('\n');
  }

  begin(entry: LedgerEntry): Promise<StoredEntry & { inserted: boolean }> {
    const found = this.#rows.get(entry.requestId);
    if (found !== undefined) return Promise.resolve({ ...found, inserted: false });
    return Promise.resolve({ ...this.#store(entry), inserted: true });
  }

  read(requestId: string): Promise<StoredEntry | undefined> {
    return Promise.resolve(this.#rows.get(requestId));
  }

  replace(etag: string, next: LedgerEntry): Promise<StoredEntry | undefined> {
    if (this.#rows.get(next.requestId)?.etag !== etag) return Promise.resolve(undefined);
    return Promise.resolve(this.#store(next));
  }

  async readWithChange(requestId: string, key: string): Promise<EntryWithChange> {
    const { stored, changes } = await this.readWithChanges(requestId);
    return { stored, ended: changes.find((change) => change.key === key) };
  }

  replaceWithChange(
    etag: string,
    next: LedgerEntry,
    change: EndedChange,
  ): Promise<StoredEntry | undefined> {
    const changes = this.#changes.get(next.requestId) ?? [];
    if (changes.some(({ key }) => key === change.key)) return Promise.resolve(undefined);
    if (this.#rows.get(next.requestId)?.etag !== etag) return Promise.resolve(undefined);
    this.#changes.set(next.requestId, [...changes, structuredClone(change)]);
    return Promise.resolve(this.#store(next));
  }

  readWithChanges(requestId: string): Promise<EntryWithChanges> {
    const changes = this.#changes.get(requestId) ?? [];
    return Promise.resolve({
      stored: this.#rows.get(requestId),
      changes: changes.toSorted((one, other) => (one.key < other.key ? -1 : 1)),
    });
  }

  /** All rows, as a scan of the table finds them. */
  list(): readonly StoredEntry[] {
    return [...this.#rows.values()];
  }

  /** Rows that the clean-up finds. */
  finishedBefore(time: string): readonly StoredEntry[] {
    return this.list().filter(
      ({ entry: { progress } }) =>
        progress.state === 'finished' && progress.result.completedDateTime < time,
    );
  }

  /** Removes the row and its changes if nobody has written it since. */
  async remove({ entry, etag }: StoredEntry): Promise<void> {
    if (this.#rows.get(entry.requestId)?.etag !== etag) return;
    this.#rows.delete(entry.requestId);
    this.#texts.delete(entry.requestId);
    this.#changes.delete(entry.requestId);
  }

  /** Writes the row unchanged, like another attempt. */
  touch(requestId: string): void {
    const found = this.#rows.get(requestId);
    if (found !== undefined) this.#store(found.entry);
  }

  #store(entry: LedgerEntry): StoredEntry {
    this.#writes += 1;
    // Much faster than `structuredClone`; a model writes some hundred thousand rows.
    const text = JSON.stringify(entry);
    const stored = { entry: JSON.parse(text) as LedgerEntry, etag: `W/"${this.#writes}"` };
    this.#rows.set(entry.requestId, stored);
    this.#texts.set(entry.requestId, text);
    return stored;
  }
}

/** A ledger with some of its calls replaced. */
export const ledgerWith = (
  ledger: RequestLedger,
  changed: Partial<RequestLedger>,
): RequestLedger => ({
  begin: (entry) => ledger.begin(entry),
  read: (requestId) => ledger.read(requestId),
  replace: (etag, next) => ledger.replace(etag, next),
  readWithChange: (requestId, key) => ledger.readWithChange(requestId, key),
  readWithChanges: (requestId) => ledger.readWithChanges(requestId),
  replaceWithChange: (etag, next, change) => ledger.replaceWithChange(etag, next, change),
  ...changed,
});
