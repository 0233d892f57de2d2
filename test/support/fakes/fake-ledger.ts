import type { LedgerEntry } from '../../../src/meetings/ledger';
import type { RequestLedger, StoredEntry } from '../../../src/meetings/ports';

/** The ledger in memory; held to the same contract as the table. */
export class FakeLedger implements RequestLedger {
  readonly #rows = new Map<string, StoredEntry>();
  #writes = 0;

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

  #store(entry: LedgerEntry): StoredEntry {
    this.#writes += 1;
    const stored = { entry: structuredClone(entry), etag: `W/"${this.#writes}"` };
    this.#rows.set(entry.requestId, stored);
    return stored;
  }
}
