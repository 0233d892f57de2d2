import type { Batch } from './batch';
import type { RowStore } from './ports';
import { fromText, type RowLine } from './row-line';

/** Reads the rows of a chunk as stored. @throws MeetingError `storageUnavailable`, also when the blob is gone. */
export const readLines = async (
  { rows }: Batch,
  chunk: number,
  deps: { readonly rows: RowStore },
): Promise<readonly RowLine[]> => fromText(await deps.rows.readChunk(rows, chunk));
