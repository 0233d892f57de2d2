import { odata, type TableClient } from '@azure/data-tables';
import type { FinishedRequests } from '../../retention/clean-up';
import { forEachParallel } from '../../batches/parallel';
import type { Clock } from '../../meetings/ports';
import { isChangedMeanwhile, isNotFound, toStorageError } from './errors';

const parallelDeletes = 16;
/** Where the last run stopped, kept in the table of batches. */
const bookmark = { partitionKey: 'clean-up', rowKey: 'requests' };

interface Found {
  readonly partitionKey?: string;
  readonly rowKey?: string;
  readonly etag: string;
}

/** Scans the table of requests in pages. Each run continues where the last one stopped. */
export function makeFinishedRequests(
  requests: TableClient,
  notes: TableClient,
  clock: Pick<Clock, 'now'>,
): FinishedRequests {
  async function remove({ partitionKey = '', rowKey = '', etag }: Found): Promise<void> {
    try {
      await requests.deleteEntity(partitionKey, rowKey, { etag });
    } catch (thrown) {
      // Changed or removed in the meantime, so there is nothing left to remove.
      if (!isNotFound(thrown) && !isChangedMeanwhile(thrown)) throw thrown;
    }
  }

  async function lastPlace(): Promise<string | undefined> {
    try {
      const { place } = await notes.getEntity<{ place: string }>(
        bookmark.partitionKey,
        bookmark.rowKey,
      );
      return place === '' ? undefined : place;
    } catch (thrown) {
      if (isNotFound(thrown)) return undefined;
      throw thrown;
    }
  }

  async function removeFrom(
    place: string | undefined,
    filter: string,
    deadline: number,
  ): Promise<number> {
    const pages = requests
      .listEntities<object>({ queryOptions: { filter, select: ['PartitionKey', 'RowKey'] } })
      .byPage(place === undefined ? {} : { continuationToken: place });
    let removed = 0;
    for await (const page of pages) {
      await forEachParallel(page, parallelDeletes, remove);
      removed += page.length;
      await notes.upsertEntity({ ...bookmark, place: page.continuationToken ?? '' }, 'Replace');
      if (clock.now().getTime() >= deadline) break;
    }
    return removed;
  }

  return {
    async removeBefore(time, deadline) {
      const filter = odata`state eq ${'finished'} and Timestamp lt ${new Date(time)}`;
      try {
        return await removeFrom(await lastPlace(), filter, deadline);
      } catch (thrown) {
        if (isNotFound(thrown)) return 0;
        throw toStorageError(thrown, `table ${requests.tableName}`);
      }
    },
  };
}
