import type { LedgerEntry } from './ledger';
import type { MeetingResult } from '../results/meeting-result';

/** A ledger entry as stored, with its version. */
export interface StoredEntry {
  readonly entry: LedgerEntry;
  /** Changes with every write. */
  readonly etag: string;
}

/** One row for each requestId, the only source of truth about it. */
export interface RequestLedger {
  /** Inserts the entry, or returns the stored one with `inserted: false` if the requestId already has one. */
  begin(entry: LedgerEntry): Promise<StoredEntry & { readonly inserted: boolean }>;
  read(requestId: string): Promise<StoredEntry | undefined>;
  /** Writes `next` if the row still has this ETag; undefined if another attempt wrote first. */
  replace(etag: string, next: LedgerEntry): Promise<StoredEntry | undefined>;
  /** Reads the row and the end of this change in one call. */
  readWithChange(requestId: string, key: string): Promise<EntryWithChange>;
  /** Like `replace`, and inserts the change in the same transaction. Undefined also if the change already exists. */
  replaceWithChange(
    etag: string,
    next: LedgerEntry,
    change: EndedChange,
  ): Promise<StoredEntry | undefined>;
  /** Reads the row and the ends of all changes of the request, by revision. */
  readWithChanges(requestId: string): Promise<EntryWithChanges>;
}

/** The end of one change of a request. */
export interface EndedChange {
  /** Identifies the change among those of its request. */
  readonly key: string;
  readonly action: 'update' | 'cancel';
  readonly result: MeetingResult;
}

/** A row of the ledger, and the end of one of its changes. */
export interface EntryWithChange {
  readonly stored: StoredEntry | undefined;
  readonly ended: EndedChange | undefined;
}

/** A row of the ledger, and the ends of all its changes. */
export interface EntryWithChanges {
  readonly stored: StoredEntry | undefined;
  readonly changes: readonly EndedChange[];
}
