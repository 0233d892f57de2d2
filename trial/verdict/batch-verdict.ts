import { countOf, noRows } from '../../src/batches/batch';
import type { BatchCompleted } from '../../src/batches/ports';
import type { MeetingStatus } from '../../src/results/meeting-result';
import { rowName } from '../results/result-collector';
import { cameTooLate } from './agreement';
import type { BatchEvidence, JudgedBatch } from './batch-evidence';
import { grouped } from './grouped';
import { wrongUndo } from './undo-verdict';

/**
 * The problems of the batches; empty if each has ended, was announced as complete after all its results, and counts
 * them correctly.
 */
export function judgeBatches(evidence: BatchEvidence): readonly string[] {
  const { sent, stored, active, tooEarly } = evidence;
  const known = new Map(sent.map((batch) => [batch.batchId, batch]));
  const resultsOf = grouped(evidence.results, ({ row = '' }) => row);
  const saidOf = grouped(evidence.completions, ({ batchId }) => batchId);
  return [
    ...[...stored.keys()].filter((id) => !known.has(id)).map((id) => `${id}: nobody sent it`),
    ...active.map((id) => `${id}: it is listed as active`),
    ...[...tooEarly].map((id) => `${id}: it was called complete before its last result`),
    ...[...known.values()].flatMap(({ batchId, requestIds }) => {
      const rows = requestIds.map((_, index) => resultsOf(rowName(batchId, index)));
      const batch = { batchId, requestIds, rows, completions: saidOf(batchId) };
      const problem = problemOf(batch, evidence);
      return problem === undefined ? [] : [`${batchId}: ${problem}`];
    }),
  ];
}

function problemOf(judged: JudgedBatch, evidence: BatchEvidence): string | undefined {
  const { batchId, rows, completions } = judged;
  const { stored, cancelled } = evidence;
  const missing = rows.flatMap((results, index) => (results.length === 0 ? [index] : []));
  if (missing.length > 0) return `rows ${missing.join(', ')} have no result`;
  const batch = stored.get(batchId);
  if (batch?.state !== 'finished') return `it is ${batch?.state ?? 'gone'}`;
  const first = completions.filter(({ pass }) => pass === undefined);
  const [only] = first;
  const said = new Set(first.map((completion) => JSON.stringify(completion))).size;
  if (only === undefined || said > 1) return `${said} things were said of its end`;
  if (cancelled.get(batchId) === true && !only.cancelled) return 'it was cancelled, and is not';
  return wrongCounts(judged, only, evidence) ?? wrongUndo(judged, evidence);
}

function wrongCounts(
  { requestIds, rows }: JudgedBatch,
  { counts: said }: BatchCompleted,
  { retried }: BatchEvidence,
): string | undefined {
  const { total, rejected, ...counts } = said;
  const own = rows.map((results) => results.filter(({ pass }) => pass === undefined));
  // A row may get another result if its request is retried or cancelled.
  const isFixed = !requestIds.some((id) => retried.has(id)) && !own.flat().some(cameTooLate);
  const isCounted = isFixed
    ? JSON.stringify({ ...noRows, ...counts }) === JSON.stringify(countsOf(own))
    : countOf(counts) === requestIds.length;
  return isCounted && total === requestIds.length && rejected === 0
    ? undefined
    : `it counts ${JSON.stringify(said)}, and not ${JSON.stringify(countsOf(own))}`;
}

function countsOf(rows: JudgedBatch['rows']): Record<MeetingStatus, number> {
  const counts: Record<MeetingStatus, number> = { ...noRows };
  for (const results of rows) {
    const status = results.at(-1)?.status;
    if (status !== undefined) counts[status] += 1;
  }
  return counts;
}
