import type { LedgerEntry } from '../../../src/meetings/ledger';
import type { EndedChange, StoredEntry } from '../../../src/meetings/request-ledger';
import type { MeetingResult } from '../../../src/results/meeting-result';
import { FakeLedger } from '../fakes/fake-ledger';

/** A ledger that records its writes. */
export class WatchedLedger extends FakeLedger {
  readonly ends: MeetingResult[] = [];
  isCancelled = false;
  /** Organizers that the row has had, in order. */
  readonly organizers: string[] = [];
  isFromPool = false;

  override async begin(entry: LedgerEntry): ReturnType<FakeLedger['begin']> {
    const begun = await super.begin(entry);
    if (begun.inserted) this.#watch(begun);
    return begun;
  }

  override async replace(etag: string, next: LedgerEntry): Promise<StoredEntry | undefined> {
    return this.#watch(await super.replace(etag, next));
  }

  override async replaceWithChange(
    etag: string,
    next: LedgerEntry,
    change: EndedChange,
  ): Promise<StoredEntry | undefined> {
    const written = await super.replaceWithChange(etag, next, change);
    if (written !== undefined) this.ends.push(change.result);
    return this.#watch(written);
  }

  #watch(written: StoredEntry | undefined): StoredEntry | undefined {
    const { progress, isCancelled, organizerId, chosen } = written?.entry ?? {};
    if (organizerId !== undefined && this.organizers.at(-1) !== organizerId)
      this.organizers.push(organizerId);
    if (progress?.state === 'finished') this.ends.push(progress.result);
    if (chosen !== undefined) this.isFromPool = true;
    if (isCancelled === true) this.isCancelled = true;
    return written;
  }
}
