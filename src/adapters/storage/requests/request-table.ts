import { hash } from 'node:crypto';
import { odata, type TableClient, type TableEntityResult } from '@azure/data-tables';
import type { RecordedEvent } from '../../../meetings/calendar/recorded-event';
import type { PendingChange } from '../../../meetings/change';
import type { Fingerprint, LedgerEntry, Progress } from '../../../meetings/ledger';
import type { EndedChange, RequestLedger, StoredEntry } from '../../../meetings/request-ledger';
import type { CalendarInput } from '../../../requests/calendar';
import type { MeetingRequest } from '../../../requests/meeting-request';
import type { OnlineMeetingInput } from '../../../requests/online-meeting';
import type { MeetingResult } from '../../../results/meeting-result';
import { toAsciiJson } from '../../../results/result-message';
import { fromColumns, toColumns } from '../columns';
import { makeEtagRows, type BesideRow, type Columns, type StoredRow } from '../etag-row';

interface Row {
  requestId: string;
  organizer: string;
  organizerId?: string;
  pool?: string;
  poolMonth?: string;
  fingerprint: string;
  plan: LedgerEntry['plan'];
  attempts: number;
  acceptedDateTime: string;
  state: Progress['state'];
  leaseUntil?: string;
  mayHaveMeeting?: boolean;
  /** Ids of batches, separated by spaces. */
  cancelledFor?: string;
  batchId?: string;
  batchIndex?: number;
  /** A string, because it does not fit into a 32-bit integer. */
  revision?: string;
  begunBy?: string;
  isCancelled?: boolean;
  isListed?: boolean;
  ifUnknown?: 'retry';
  /** JSON. */
  event?: string;
  /** Texts split into columns: `request0`, `request1`, … and `result0`, … */
  request0?: string;
  asked0?: string;
  askedCalendar0?: string;
  pending0?: string;
  [column: string]: unknown;
}

/** Maximum length of a request stored in its row, in characters: a row holds 1 MiB, and the result is there too. */
const maxRequestLength = 96_000;

/** The names of columns never change: rows of other versions have them, also while a new version is deployed. */
const requestedName = 'asked';
const requestedCalendarName = 'askedCalendar';

/** Columns with the request itself; none if it is too long. */
function requestColumns(
  name: 'request' | typeof requestedName | typeof requestedCalendarName,
  value: object | undefined,
): Columns {
  if (value === undefined) return {};
  const text = toAsciiJson(value);
  return text.length > maxRequestLength ? {} : toColumns(name, text);
}

function toRow(entry: LedgerEntry): Columns {
  const { organizer, ...fingerprint } = entry.fingerprint;
  return {
    requestId: entry.requestId,
    organizer,
    ...(entry.organizerId !== undefined && { organizerId: entry.organizerId }),
    ...(entry.chosen !== undefined && { pool: entry.chosen.pool, poolMonth: entry.chosen.month }),
    fingerprint: JSON.stringify(fingerprint),
    plan: entry.plan,
    attempts: entry.attempts,
    acceptedDateTime: entry.acceptedDateTime,
    ...progressColumns(entry.progress),
    ...(entry.mayHaveMeeting === true && { mayHaveMeeting: true }),
    ...(entry.cancelledFor !== undefined && { cancelledFor: entry.cancelledFor.join(' ') }),
    ...(entry.batchRow !== undefined && {
      batchId: entry.batchRow.batchId,
      batchIndex: entry.batchRow.index,
    }),
    ...(entry.revision !== undefined && { revision: String(entry.revision) }),
    ...(entry.begunBy !== undefined && { begunBy: entry.begunBy }),
    ...(entry.isCancelled === true && { isCancelled: true }),
    ...(entry.isListed === true && { isListed: true }),
    ...(entry.ifUnknown !== undefined && { ifUnknown: entry.ifUnknown }),
    ...requestColumns('request', entry.request),
    ...requestColumns(requestedName, entry.requested),
    ...requestColumns(requestedCalendarName, entry.requestedCalendar),
    ...(entry.event !== undefined && { event: toAsciiJson(entry.event) }),
    ...(entry.pending !== undefined && toColumns('pending', toAsciiJson(entry.pending))),
  };
}

function progressColumns(progress: Progress): Columns {
  switch (progress.state) {
    case 'waiting':
      return { state: 'waiting' };
    case 'inProgress':
      return { state: 'inProgress', leaseUntil: new Date(progress.leaseUntil).toISOString() };
    case 'finished':
      return { state: 'finished', ...toColumns('result', toAsciiJson(progress.result)) };
  }
}

function fromRow(row: Row): LedgerEntry {
  const fingerprint = JSON.parse(row.fingerprint) as Omit<Fingerprint, 'organizer'>;
  return {
    requestId: row.requestId,
    fingerprint: { organizer: row.organizer, ...fingerprint },
    ...(row.organizerId !== undefined && { organizerId: row.organizerId }),
    ...(row.pool !== undefined && { chosen: { pool: row.pool, month: row.poolMonth ?? '' } }),
    plan: row.plan,
    attempts: row.attempts,
    acceptedDateTime: row.acceptedDateTime,
    progress: progressOf(row),
    ...(row.mayHaveMeeting === true && { mayHaveMeeting: true }),
    ...(row.cancelledFor !== undefined && { cancelledFor: row.cancelledFor.split(' ') }),
    ...(row.batchId !== undefined && {
      batchRow: { batchId: row.batchId, index: row.batchIndex ?? 0 },
    }),
    ...(row.revision !== undefined && { revision: Number(row.revision) }),
    ...(row.begunBy !== undefined && { begunBy: row.begunBy }),
    ...(row.isCancelled === true && { isCancelled: true }),
    ...(row.isListed === true && { isListed: true }),
    ...(row.ifUnknown !== undefined && { ifUnknown: row.ifUnknown }),
    ...(row.request0 !== undefined && {
      request: JSON.parse(fromColumns('request', row)) as MeetingRequest,
    }),
    ...(row.asked0 !== undefined && {
      requested: JSON.parse(fromColumns(requestedName, row)) as OnlineMeetingInput,
    }),
    ...(row.askedCalendar0 !== undefined && {
      requestedCalendar: JSON.parse(fromColumns(requestedCalendarName, row)) as CalendarInput,
    }),
    ...(row.event !== undefined && { event: JSON.parse(row.event) as RecordedEvent }),
    ...(row.pending0 !== undefined && {
      pending: JSON.parse(fromColumns('pending', row)) as PendingChange,
    }),
  };
}

function progressOf(row: Row): Progress {
  if (row.state === 'waiting') return { state: 'waiting' };
  if (row.state === 'inProgress')
    return { state: 'inProgress', leaseUntil: Date.parse(row.leaseUntil ?? '') };
  return { state: 'finished', result: JSON.parse(fromColumns('result', row)) as MeetingResult };
}

const changePrefix = 'change-';
/** The dot is the character after the minus. */
const allChanges = odata`(RowKey gt ${changePrefix} and RowKey lt ${'change.'})`;

/** The change has ended, so the clean-up removes it with the row of its request. */
const toChangeRow = ({ key, action, result }: EndedChange): BesideRow => ({
  rowKey: `${changePrefix}${key}`,
  columns: { state: 'finished', action, ...toColumns('result', toAsciiJson(result)) },
});

const toEnded = (row: TableEntityResult<Columns>): EndedChange => ({
  key: (row.rowKey ?? '').slice(changePrefix.length),
  action: row['action'] as EndedChange['action'],
  result: JSON.parse(fromColumns('result', row)) as MeetingResult,
});

/** The partition with the rows of a request. */
export const partitionOf = (requestId: string): string => hash('sha256', requestId, 'base64url');

/** The ledger in Azure Table Storage: conditional inserts and updates by ETag. The table is created on first use. */
export function makeRequestTable(table: TableClient): RequestLedger {
  const rows = makeEtagRows<LedgerEntry>(table, {
    rowKey: 'request',
    partitionKeyOf: partitionOf,
    idOf: ({ requestId }) => requestId,
    toColumns: toRow,
    fromColumns: (row) => fromRow(row as unknown as Row),
  });
  return {
    read: async (requestId) => toStored(await rows.read(requestId)),
    async begin(entry) {
      const { value, ...stored } = await rows.insert(entry);
      return { ...stored, entry: value };
    },
    replace: async (etag, next) => toStored(await rows.replace(etag, next)),
    async readWithChange(requestId, key) {
      const { row, others } = await rows.readWith(
        requestId,
        odata`RowKey eq ${changePrefix + key}`,
      );
      return { stored: toStored(row), ended: others.map(toEnded)[0] };
    },
    replaceWithChange: async (etag, next, change) =>
      toStored(await rows.replace(etag, next, toChangeRow(change))),
    async readWithChanges(requestId) {
      const { row, others } = await rows.readWith(requestId, allChanges);
      return { stored: toStored(row), changes: others.map(toEnded) };
    },
  };
}

const toStored = (row: StoredRow<LedgerEntry> | undefined): StoredEntry | undefined =>
  row && { etag: row.etag, entry: row.value };
