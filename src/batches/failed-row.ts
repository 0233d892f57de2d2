import { MeetingError, toErrorBody, type Problem } from '../errors/meeting-error';
import { wholeRequest } from '../errors/problems';
import { givenOrganizer } from '../results/given-organizer';
import type { MeetingResult } from '../results/meeting-result';
import type { Batch } from './batch';
import type { RowLine } from './row-line';
import { isCellName } from '../workbook/reference';

/** The failed result of a row that was not attempted. */
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
    organizer: givenOrganizer(line.input),
    meeting: null,
    notApplied: [],
    error: toErrorBody(error),
    attempts: 0,
    acceptedDateTime: batch.acceptedDateTime,
    completedDateTime: batch.now,
  };
}

/** The address of a workbook cell needs no row number. */
function placeOf(row: number, problem: Problem | undefined): string {
  if (problem === undefined || problem.target === wholeRequest) return `Row ${row}`;
  return isCellName(problem.target) ? problem.target : `Row ${row}, ${problem.target}`;
}

/** The error of an invalid row, with the row and column as its sender knows them. */
export function rowError({ row, problems = [] }: RowLine): MeetingError {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return new MeetingError(
    'invalidRequest',
    `${placeOf(row, first)}: ${first?.message ?? 'The row is not valid.'}${more}`,
    {
      target: first?.target,
      details: problems,
    },
  );
}
