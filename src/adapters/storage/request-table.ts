import { hash, randomUUID } from 'node:crypto';
import type { TableClient, TableEntity } from '@azure/data-tables';
import { MeetingError } from '../../errors/meeting-error';
import type { Fingerprint, LedgerEntry, Progress } from '../../meetings/ledger';
import type { RequestLedger, StoredEntry } from '../../meetings/ports';
import type { MeetingRequest } from '../../requests/meeting-request';
import type { MeetingResult } from '../../results/meeting-result';
import { toAsciiJson } from '../../results/result-message';
import {
  creatingWhenMissing,
  isAlreadyThere,
  isChangedMeanwhile,
  isNotFound,
  toStorageError,
} from './errors';

/** A string property holds 64 KiB of UTF-16, so 32 Ki characters: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model */
const chunkLength = 32_000;
const rowKey = 'request';

interface Row {
  /** Unique to each write, so that a retried write whose response was lost is recognized as our own. */
  write: string;
  requestId: string;
  organizer: string;
  organizerId?: string;
  fingerprint: string;
  plan: LedgerEntry['plan'];
  attempts: number;
  acceptedDateTime: string;
  state: Progress['state'];
  leaseUntil?: string;
  mayHaveMeeting?: boolean;
  result0?: string;
  result1?: string;
  result2?: string;
  request0?: string;
  request1?: string;
  request2?: string;
}

type Chunked = 'result' | 'request';

/** A long text, split over several columns; undefined if it needs more than there are. */
function chunks(name: Chunked, value: object): Partial<Row> | undefined {
  const text = toAsciiJson(value);
  if (text.length > 3 * chunkLength) return undefined;
  const columns = [0, 1, 2].map((index) => [
    `${name}${index}`,
    text.slice(index * chunkLength, (index + 1) * chunkLength),
  ]);
  return Object.fromEntries(columns.filter(([, chunk]) => chunk !== ''));
}

const joined = (name: Chunked, row: Row): string =>
  `${row[`${name}0`] ?? ''}${row[`${name}1`] ?? ''}${row[`${name}2`] ?? ''}`;

/** One partition for each request, so that the table scales with the number of requests. Any text makes a valid key. */
const partitionKey = (requestId: string): string => hash('sha256', requestId, 'base64url');

function toRow(entry: LedgerEntry, write: string): TableEntity<Row> {
  const { organizer, ...fingerprint } = entry.fingerprint;
  return {
    partitionKey: partitionKey(entry.requestId),
    rowKey,
    write,
    requestId: entry.requestId,
    organizer,
    ...(entry.organizerId !== undefined && { organizerId: entry.organizerId }),
    fingerprint: JSON.stringify(fingerprint),
    plan: entry.plan,
    attempts: entry.attempts,
    acceptedDateTime: entry.acceptedDateTime,
    ...progressColumns(entry.progress),
    ...(entry.mayHaveMeeting === true && { mayHaveMeeting: true }),
    ...(entry.request !== undefined && chunks('request', entry.request)),
  };
}

function progressColumns(progress: Progress): Pick<Row, 'state' | 'leaseUntil'> & Partial<Row> {
  switch (progress.state) {
    case 'waiting':
      return { state: 'waiting' };
    case 'inProgress':
      return { state: 'inProgress', leaseUntil: new Date(progress.leaseUntil).toISOString() };
    case 'finished':
      return { state: 'finished', ...chunks('result', progress.result) };
  }
}

function fromRow(row: Row): LedgerEntry {
  const fingerprint = JSON.parse(row.fingerprint) as Omit<Fingerprint, 'organizer'>;
  return {
    requestId: row.requestId,
    fingerprint: { organizer: row.organizer, ...fingerprint },
    ...(row.organizerId !== undefined && { organizerId: row.organizerId }),
    plan: row.plan,
    attempts: row.attempts,
    acceptedDateTime: row.acceptedDateTime,
    progress: progressOf(row),
    ...(row.mayHaveMeeting === true && { mayHaveMeeting: true }),
    ...(row.request0 !== undefined && {
      request: JSON.parse(joined('request', row)) as MeetingRequest,
    }),
  };
}

function progressOf(row: Row): Progress {
  if (row.state === 'waiting') return { state: 'waiting' };
  if (row.state === 'inProgress')
    return { state: 'inProgress', leaseUntil: Date.parse(row.leaseUntil ?? '') };
  return { state: 'finished', result: JSON.parse(joined('result', row)) as MeetingResult };
}

interface FoundEntry extends StoredEntry {
  readonly write: string;
}

/** The ledger in Azure Table Storage: conditional inserts and updates by ETag. The table is created on first use. */
export function makeRequestTable(table: TableClient): RequestLedger {
  const what = `table ${table.tableName}`;

  async function find(requestId: string): Promise<FoundEntry | undefined> {
    try {
      const { etag, ...row } = await table.getEntity<Row>(partitionKey(requestId), rowKey);
      return { etag, entry: fromRow(row), write: row.write };
    } catch (thrown) {
      if (isNotFound(thrown)) return undefined;
      throw toStorageError(thrown, what);
    }
  }

  /** Undefined if a condition failed, unless our own write had succeeded and only its response was lost. */
  async function write(
    entry: LedgerEntry,
    send: (row: TableEntity<Row>) => Promise<{ etag?: string }>,
  ) {
    const id = randomUUID();
    try {
      const { etag } = await send(toRow(entry, id));
      if (etag !== undefined) return { etag, entry };
    } catch (thrown) {
      if (!isAlreadyThere(thrown) && !isChangedMeanwhile(thrown) && !isNotFound(thrown)) {
        throw toStorageError(thrown, what);
      }
    }
    const found = await find(entry.requestId);
    return found?.write === id ? found : undefined;
  }

  async function begin(entry: LedgerEntry, tries = 3): ReturnType<RequestLedger['begin']> {
    const inserted = await write(entry, (row) =>
      creatingWhenMissing(
        () => table.createEntity(row),
        () => table.createTable(),
      ),
    );
    if (inserted !== undefined) return { ...inserted, inserted: true };
    const found = await find(entry.requestId);
    if (found !== undefined) return { ...found, inserted: false };
    // Retention removed the row between the two calls, so the request is new. If that repeats, the table is being deleted.
    if (tries > 1) return begin(entry, tries - 1);
    throw new MeetingError('storageUnavailable', `Storage keeps nothing: ${what}.`);
  }

  return {
    read: find,
    begin: (entry) => begin(entry),
    replace: (etag, next) => write(next, (row) => table.updateEntity(row, 'Replace', { etag })),
  };
}
