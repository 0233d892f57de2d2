import type { Problem } from '../../errors/meeting-error';
import { parseMeetingRequest, requestIdOf } from '../../requests/parse/parse-meeting-request';
import { withPastProblem, type PastRule } from '../../requests/past-meeting';
import type { BatchBody, InputRow } from './body';
import type { RowLine } from '../row-line';

/** The place of a row; `index` from 0. Both make its requestId if it has none. */
interface RowPlace {
  readonly batchId: string;
  readonly index: number;
}

/** How the sender names the cells of the rows, and the time by which meetings are over. */
type RowContext = Pick<BatchBody, 'nameOf'> & PastRule;

/** Validates a row without calls to Graph or storage. */
export function validateRow(
  given: InputRow,
  { batchId, index }: RowPlace,
  context: RowContext,
): RowLine {
  // Only for its problems and its id. The core parses every message again, because anybody could have written it.
  const parsed = parseMeetingRequest(given.input);
  const ownId = parsed.ok ? parsed.request.requestId : requestIdOf(given.input);
  const line: RowLine = {
    index,
    row: given.row,
    requestId: ownId ?? `${batchId}:${index}`,
    input: given.input,
    ...(given.cells !== undefined && { cells: given.cells }),
    ...(given.corrections !== undefined && { corrections: given.corrections }),
  };
  const { meeting } = parsed.ok ? parsed.request : parsed;
  const found = allProblems(given, parsed.ok ? [] : parsed.problems);
  const problems = withPastProblem(found, meeting, context);
  if (problems.length === 0) return line;
  return {
    ...line,
    problems: problems.map((problem) => ({
      ...problem,
      target: context.nameOf(problem.target, given.row),
    })),
  };
}

/** The problems found before the row was parsed, and those of parsing it. A row without a value has no others. */
function allProblems(
  { input, problems = [] }: InputRow,
  others: readonly Problem[],
): readonly Problem[] {
  if (problems.length > 0 && input === null) return problems;
  const isKnown = ({ target }: Problem): boolean =>
    problems.some((known) => known.target === target || known.target.startsWith(`${target}.`));
  return [...problems, ...others.filter((other) => !isKnown(other))];
}
