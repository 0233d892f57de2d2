import { MeetingError } from '../../errors/meeting-error';
import { previewRequest } from '../../meetings/preview/preview-request';
import type { PreviewDependencies, RequestPreview } from '../../meetings/preview/request-preview';
import { previewResult, refusedPreview } from '../../meetings/preview/preview-result';
import { parseMeetingRequest } from '../../requests/parse/parse-meeting-request';
import { givenOrganizer } from '../../results/given-organizer';
import type { MeetingResult } from '../../results/meeting-result';
import type { Batch } from '../batch';
import { forEachParallel } from '../../meetings/for-each-parallel';
import type { BatchProgress, RowStore } from '../ports';
import { inputOf } from '../row-input';
import type { RowLine } from '../row-line';
import { rowError } from '../failed-row';
import { readLines } from '../read-lines';

export interface PreviewChunkDependencies extends PreviewDependencies {
  readonly rows: RowStore;
  readonly progress: BatchProgress;
}

/** Number of rows previewed at a time. */
const parallelRows = 16;

/**
 * Previews the rows of a chunk and records their outcomes with the batch only. May be repeated: records all of them
 * together, or none.
 */
export async function previewChunk(
  batch: Batch,
  chunk: number,
  {
    deps,
    except,
  }: { readonly deps: PreviewChunkDependencies; readonly except: ReadonlySet<number> },
): Promise<void> {
  const lines = await readLines(batch, chunk, deps);
  const results: MeetingResult[] = [];
  await forEachParallel(
    lines.filter(({ index }) => !except.has(index)),
    parallelRows,
    async (line) => {
      results.push(toResult(line, batch, { deps, preview: await previewRow(line, batch, deps) }));
    },
  );
  await deps.progress.recordPreviews(results);
}

function toResult(
  { requestId, index, input, warnings = [] }: RowLine,
  { batchId, acceptedDateTime }: Batch,
  { deps, preview }: { readonly deps: PreviewChunkDependencies; readonly preview: RequestPreview },
): MeetingResult {
  return previewResult(
    {
      requestId,
      organizer: givenOrganizer(input),
      metadata: { batchId, index, attempts: 0, acceptedDateTime },
    },
    { ...preview, warnings: [...preview.warnings, ...warnings] },
    deps.clock,
  );
}

async function previewRow(
  line: RowLine,
  batch: Batch,
  deps: PreviewChunkDependencies,
): Promise<RequestPreview> {
  if (line.problems !== undefined) return refusedPreview(rowError(line));
  if (batch.cancelledDateTime !== undefined) return refusedPreview(notLookedAt());
  const parsed = parseMeetingRequest(inputOf(line, batch));
  if (!parsed.ok) return refusedPreview(rowError({ ...line, problems: parsed.problems }));
  return previewRequest({ ...parsed.request, requestId: line.requestId }, deps);
}

const notLookedAt = (): MeetingError =>
  new MeetingError('cancelled', 'The preview was cancelled before it reached this row.', {
    remedy: 'Send the preview again.',
  });
