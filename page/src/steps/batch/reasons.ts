import type { BatchStatus, Problem, RowError, RowResult } from '../../answers';
import type { Words } from '../../words/english';
import { sentenceOf } from '../../columns/problems/refusals';
import { problemsOf } from '../../columns/problems/row-problems';

/** Errors that stay the same until the row itself is changed. */
const needsChange: ReadonlySet<string> = new Set([
  'invalidRequest',
  'requestIdReused',
  'requestCancelled',
  'meetingExpired',
]);

/** Whether trying the failed rows of a list again can help: not in a stopped list, nor where a row must be changed. */
export const canBeRetried = (
  { state }: Pick<BatchStatus, 'state'>,
  rows: readonly RowResult[],
): boolean =>
  state === 'finished' &&
  rows.some(({ status, error }) => status === 'failed' && !needsChange.has(error?.code ?? ''));

/** Why a row has no meeting, or not the one that it asks for: sentences in the language of the page, with their columns. */
export const reasonsOf = (error: RowError, words: Words): readonly string[] =>
  problemsOf(error).map((problem) => {
    const name = error.details?.includes(problem) === true ? nameOf(problem, words) : '';
    const sentence = sentenceOf(problem, words);
    return name === '' ? sentence : `${name}: ${sentence}`;
  });

/** The heading or cell in the target of a problem, or the name of the field; blank if it is about the whole row. */
function nameOf({ code, target }: Problem, { fields }: Words): string {
  if (target === '$' || code === 'inThePast') return '';
  const path = target.replace(/\[.*$/, '');
  return (fields as Readonly<Record<string, string>>)[path] ?? target;
}
