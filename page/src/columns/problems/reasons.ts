import type { Problem, RowError } from '../../api/answers';
import type { Words } from '../../words/english';
import { sentenceOf } from './refusals';
import { problemsOf } from './row-problems';

/** What is wrong with a row or a call: sentences in the language of the page, with their columns. */
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
  return fields[path] ?? target;
}
