import { MeetingError, toErrorBody } from '../../errors/meeting-error';
import type { MeetingResult } from '../../results/meeting-result';
import type { Batch } from '../batch';
import type { RowLine } from '../row-line';

/** The result of a row for which nothing was tried. */
export function failedRow(
  line: RowLine,
  error: MeetingError,
  batch: Batch & { readonly now: string },
): MeetingResult {
  return {
    requestId: line.requestId,
    batchId: batch.batchId,
    index: line.index,
    status: 'failed',
    organizer: { given: organizerIn(line.input), id: null },
    meeting: null,
    notApplied: [],
    error: toErrorBody(error),
    attempts: 0,
    acceptedDateTime: batch.acceptedDateTime,
    completedDateTime: batch.now,
  };
}

function organizerIn(input: unknown): string | null {
  const organizer =
    typeof input === 'object' && input !== null && 'organizer' in input ? input.organizer : null;
  return typeof organizer === 'string' ? organizer.slice(0, 320).toWellFormed() : null;
}

/** What is wrong with a row, by the row and the column in which its sender finds it. */
export function rowError({ row, problems = [] }: RowLine): MeetingError {
  const [first] = problems;
  const place = first === undefined || first.target === '$' ? '' : `, ${first.target}`;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return new MeetingError(
    'invalidRequest',
    `Row ${row}${place}: ${first?.message ?? 'The row is not valid.'}${more}`,
    {
      target: first?.target,
      details: problems,
    },
  );
}
