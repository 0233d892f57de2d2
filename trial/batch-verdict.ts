import { countOf, noRows, type Batch } from '../src/batches/batch';
import type { BatchCompleted } from '../src/batches/ports';
import type { MeetingStatus } from '../src/results/meeting-result';
import type { SentBatch } from './endpoints';
import { rowName, type CollectedResult } from './result-collector';

export interface BatchEvidence {
  readonly sent: readonly SentBatch[];
  readonly stored: ReadonlyMap<string, Batch>;
  readonly active: readonly string[];
  readonly results: readonly CollectedResult[];
  readonly completions: readonly BatchCompleted[];
  /** Batches that were called complete before each of their rows had a result. */
  readonly tooEarly: ReadonlySet<string>;
  readonly cancelled: ReadonlyMap<string, boolean>;
  /** Requests that a person retried: their rows may have another result than was counted. */
  readonly retried: ReadonlyMap<string, unknown>;
}

/** What is wrong with the batches; empty when each has ended, was called complete once all rows had results, and counts them. */
export function judgeBatches(evidence: BatchEvidence): readonly string[] {
  const { sent, stored, active, tooEarly } = evidence;
  const known = new Set(sent.map(({ batchId }) => batchId));
  const rows = new Map(evidence.results.map((result) => [result.row, result]));
  return [
    ...[...stored.keys()].filter((id) => !known.has(id)).map((id) => `${id}: nobody sent it`),
    ...active.map((id) => `${id}: it is listed as active`),
    ...[...tooEarly].map((id) => `${id}: it was called complete before its last result`),
    ...[...new Map(sent.map((batch) => [batch.batchId, batch])).values()].flatMap((batch) =>
      problemsOf(batch, rows, evidence).map((problem) => `${batch.batchId}: ${problem}`),
    ),
  ];
}

function problemsOf(
  { batchId, requestIds }: SentBatch,
  rows: ReadonlyMap<string | undefined, CollectedResult>,
  { stored, completions, cancelled, retried }: BatchEvidence,
): readonly string[] {
  const own = requestIds.map((_, index) => rows.get(rowName(batchId, index)));
  const missing = own.flatMap((result, index) => (result === undefined ? [index] : []));
  if (missing.length > 0) return [`rows ${missing.join(', ')} have no result`];
  const batch = stored.get(batchId);
  if (batch?.state !== 'finished') return [`it is ${batch?.state ?? 'gone'}`];
  const said = new Map(
    completions
      .filter((completion) => completion.batchId === batchId)
      .map((completion) => [JSON.stringify(completion), completion]),
  );
  const [only] = said.values();
  if (only === undefined || said.size > 1) return [`${said.size} things were said of its end`];
  if (cancelled.get(batchId) === true && !only.cancelled) return ['it was cancelled, and is not'];
  const isRetried = requestIds.some((id) => retried.has(id));
  const { total, rejected, ...counts } = only.counts;
  const isCounted = isRetried
    ? countOf(counts) === requestIds.length
    : JSON.stringify({ ...noRows, ...counts }) === JSON.stringify(countsOf(own));
  return isCounted && total === requestIds.length && rejected === 0
    ? []
    : [`it counts ${JSON.stringify(only.counts)}, and not ${JSON.stringify(countsOf(own))}`];
}

function countsOf(rows: readonly (CollectedResult | undefined)[]): Record<MeetingStatus, number> {
  const counts: Record<MeetingStatus, number> = { ...noRows };
  for (const row of rows) if (row !== undefined) counts[row.status] += 1;
  return counts;
}
