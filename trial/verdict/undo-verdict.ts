import type { CollectedResult } from '../results/result-collector';
import type { BatchEvidence, JudgedBatch } from './batch-evidence';

/** The problem of an undone batch: the meetings that it made must be gone, and no others. */
export function wrongUndo(
  { batchId, requestIds, rows, completions }: JudgedBatch,
  { undone, retried, state }: BatchEvidence,
): string | undefined {
  const isUndone = undone.get(batchId) === true;
  const again = rows.flat().find(({ pass }) => pass !== undefined);
  if (!undone.has(batchId))
    return again === undefined ? undefined : `nobody undid it, and row ${again.row} came again`;
  for (const [index, results] of rows.entries()) {
    const requestId = requestIds[index] ?? '';
    if (retried.has(requestId)) continue;
    const isOwn = results.some(isOwnMeeting);
    const answers = results.filter(({ pass }) => pass !== undefined);
    if (!isOwn && answers.length > 0)
      return `it was undone, and with it row ${index}, which it did not make`;
    const isGone =
      state.requests.get(requestId)?.isCancelled === true ||
      answers.some(({ status }) => status === 'failed');
    if (isUndone && isOwn && !isGone) return `it was undone, and row ${index} has its meeting`;
  }
  // A failed row may have been retried after there was nothing to undo.
  const hasOwn = completions.some(({ counts }) => counts.created > 0);
  const ends = completions.filter(({ pass }) => pass?.kind === 'undo');
  const said = new Set(ends.map((completion) => JSON.stringify(completion))).size;
  return isUndone && hasOwn && said !== 1 ? `${said} things were said of its undoing` : undefined;
}

const isOwnMeeting = ({ pass, status }: CollectedResult): boolean =>
  pass === undefined && status === 'created';
