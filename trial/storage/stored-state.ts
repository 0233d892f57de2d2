import { TableClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { makeBatchIndex } from '../../src/adapters/storage/batches/batch-index';
import { makeBatchTable } from '../../src/adapters/storage/batches/batch-table';
import { makeRequestTable } from '../../src/adapters/storage/requests/request-table';
import type { Batch } from '../../src/batches/batch';
import { batchesContainer, batchesTable, requestsTable } from '../../src/config/resource-names';
import type { LedgerEntry } from '../../src/meetings/ledger';
import { countedMonths } from './counted-months';
import type { CountedMonth } from '../verdict/pool-verdict';

/** The requests and batches in storage. */
export interface StoredState {
  readonly requests: ReadonlyMap<string, LedgerEntry>;
  readonly batches: ReadonlyMap<string, Batch>;
  /** Batches that are listed as unfinished. */
  readonly active: readonly string[];
  /** Counts of organizers chosen from pools. */
  readonly months: readonly CountedMonth[];
}

const readsAtATime = 32;

/** Reads the rows of these requests and of all batches. */
export async function readStoredState(
  connectionString: string,
  requestIds: readonly string[],
): Promise<StoredState> {
  const table = openTable(connectionString, batchesTable);
  const batches = new Map<string, Batch>();
  for (const batchId of await batchIdsIn(table)) {
    const stored = await makeBatchTable(table).read(batchId);
    if (stored !== undefined) batches.set(batchId, stored.batch);
  }
  const active: string[] = [];
  for await (const { batchId } of makeBatchIndex(table).listActive()) active.push(batchId);
  const months = await countedMonths(openTable(connectionString, requestsTable));
  return { requests: await readRequests(connectionString, requestIds), batches, active, months };
}

async function readRequests(
  connectionString: string,
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, LedgerEntry>> {
  const ledger = makeRequestTable(openTable(connectionString, requestsTable));
  const found = new Map<string, LedgerEntry>();
  const pending = requestIds.values();
  const reader = async (): Promise<void> => {
    for (const requestId of pending) {
      const stored = await ledger.read(requestId);
      if (stored !== undefined) found.set(requestId, stored.entry);
    }
  };
  await Promise.all(Array.from({ length: readsAtATime }, reader));
  return found;
}

/**
 * Counts the rows of requests and batches, and these blobs. Ignores blobs of interrupted calls, which are removed on a
 * later day, the position of the clean-up, and the counts of the current month.
 */
export async function countStored(
  connectionString: string,
  blobs: ReadonlySet<string>,
): Promise<number> {
  let count = 0;
  for (const name of [requestsTable, batchesTable])
    for await (const { partitionKey = '' } of openTable(connectionString, name).listEntities({
      queryOptions: { select: ['partitionKey'] },
    }))
      if (partitionKey !== 'clean-up' && !partitionKey.startsWith('organizer ')) count += 1;
  const service = BlobServiceClient.fromConnectionString(connectionString);
  const container = service.getContainerClient(batchesContainer);
  if (blobs.size > 0)
    for await (const { name } of container.listBlobsFlat()) if (blobs.has(name)) count += 1;
  return count;
}

async function batchIdsIn(table: TableClient): Promise<readonly string[]> {
  const ids: string[] = [];
  const queryOptions = { filter: "RowKey eq 'batch'", select: ['PartitionKey'] };
  for await (const { partitionKey = '' } of table.listEntities({ queryOptions }))
    ids.push(partitionKey);
  return ids;
}

const openTable = (connectionString: string, name: string): TableClient =>
  TableClient.fromConnectionString(connectionString, name, { allowInsecureConnection: true });
