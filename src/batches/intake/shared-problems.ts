import { MeetingError, type Problem } from '../../errors/meeting-error';
import { shorten } from '../../errors/problems';
import type { BatchBody } from './body';

/** Maximum number of columns in an answer. */
const maxListed = 10;

const keyOf = ({ code, target }: Problem): string => `${code} ${target}`;

/** Finds the problems that every row of a sheet has: those are problems of the sheet, not of its rows. */
export class SharedProblems {
  #shared: ReadonlyMap<string, Problem> | undefined;

  /** Adds the problems of the next row. */
  add(problems: readonly Problem[]): void {
    const shared = this.#shared;
    const common = problems.filter((problem) => shared?.has(keyOf(problem)) ?? true);
    this.#shared = new Map(
      common.map((problem) => [keyOf(problem), shared?.get(keyOf(problem)) ?? problem]),
    );
  }

  /** @throws MeetingError `invalidRequest` with the problems of every row, and the columns that were not understood. */
  refuse({ unusedColumns = [] }: BatchBody): void {
    const problems = [...(this.#shared?.values() ?? [])];
    const [first] = problems;
    if (first === undefined) return;
    const reason = `Every row has the same problem: ${first.target}: ${first.message}`;
    const names = unusedColumns.slice(0, maxListed).map((name) => `"${shorten(name)}"`);
    const unused = names.length === 0 ? '' : ` Unrecognized columns: ${names.join(', ')}.`;
    throw new MeetingError('invalidRequest', `${reason}${unused}`, {
      target: first.target,
      details: problems,
      remedy: 'Fix the columns listed in details, then send the sheet again.',
    });
  }
}
