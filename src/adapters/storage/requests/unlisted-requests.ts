import { odata, type TableClient } from '@azure/data-tables';
import type { Clock } from '../../../meetings/ports';
import { creatingWhenMissing, isNotFound } from '../errors';
import type { RequestDays } from './request-days';

/** Key of the row that records the progress, in the table of batches. */
const note = { partitionKey: 'clean-up', rowKey: 'unlisted-requests' };
/** How long instances of the previous version may run after the first run, in milliseconds. */
const versionsOverlapMs = 86_400_000;

interface Note {
  /** Time of the first run. */
  readonly sinceDateTime: string;
  /** The page at which the last run stopped. */
  readonly place?: string;
  readonly isDone?: boolean;
}

interface UnlistedDependencies {
  readonly requests: TableClient;
  readonly notes: TableClient;
  readonly days: RequestDays;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Scans the whole ledger once, a day after the first run, and lists the requests that a version without the list
 * finished. May stop anywhere: the next run continues at the same page.
 */
export async function listUnlisted(deps: UnlistedDependencies, deadline: number): Promise<void> {
  const { notes, clock } = deps;
  const known = await readNote(notes);
  if (known?.isDone === true) return;
  const now = clock.now();
  if (known === undefined) return writeNote(notes, { sinceDateTime: now.toISOString() });
  if (now.getTime() < Date.parse(known.sinceDateTime) + versionsOverlapMs) return;
  await listFrom(known, deps, deadline);
}

async function listFrom(
  { sinceDateTime, place = '' }: Note,
  { requests, notes, days, clock }: UnlistedDependencies,
  deadline: number,
): Promise<void> {
  const queryOptions = {
    filter: odata`RowKey eq ${'request'} and state eq ${'finished'}`,
    select: ['PartitionKey', 'Timestamp', 'isListed'],
  };
  const pages = requests
    .listEntities<{ isListed?: boolean }>({ queryOptions })
    .byPage(place === '' ? {} : { continuationToken: place });
  for await (const page of pages) {
    const unlisted = page.filter(({ isListed }) => isListed !== true);
    await Promise.all(
      unlisted.map(({ partitionKey = '', timestamp = '' }) =>
        days.add(partitionKey, timestamp.slice(0, 10)),
      ),
    );
    const { continuationToken: next = '' } = page;
    await writeNote(notes, { sinceDateTime, place: next, isDone: next === '' });
    if (clock.now().getTime() >= deadline) return;
  }
}

async function readNote(notes: TableClient): Promise<Note | undefined> {
  try {
    return await notes.getEntity<Note>(note.partitionKey, note.rowKey);
  } catch (thrown) {
    if (isNotFound(thrown)) return undefined;
    throw thrown;
  }
}

const writeNote = async (notes: TableClient, content: Note): Promise<void> =>
  void (await creatingWhenMissing(
    () => notes.upsertEntity({ ...note, ...content }, 'Replace'),
    () => notes.createTable(),
  ));
