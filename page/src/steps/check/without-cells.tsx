import type { JSX } from 'preact';
import { hrefOf } from '../../address';
import type { Refusal } from '../../columns/problems/refusals';
import { withoutCell, type WithoutCell } from '../../columns/problems/without-cell';
import type { Words } from '../../words/english';
import { useWords } from '../../words/localization';

/** Problems without a cell: each is shown once, with its rows unless it is in all of them. */
export function WithoutCells({
  refusals,
  count,
}: {
  readonly refusals: readonly Refusal[];
  /** Number of rows of the sheet. */
  readonly count: number;
}): JSX.Element | null {
  const words = useWords();
  const problems = withoutCell(refusals);
  if (problems.length === 0) return null;
  const isInAll = ({ rows }: WithoutCell): boolean => count > 1 && rows.length === count;
  const inAll = problems.filter(isInAll);
  const inSome = problems.filter((problem) => !isInAll(problem));
  return (
    <div class="notice error">
      {inAll.length > 0 && <p>{words.wholeSheet}</p>}
      <Sentences sentences={inAll.map((problem) => sentenceOf(problem, words))} />
      <Sentences sentences={inSome.map((problem) => withRows(problem, words))} />
      {problems.some(({ field }) => field !== undefined) && (
        <a href={hrefOf('columns')}>{words.changeColumns}</a>
      )}
    </div>
  );
}

function Sentences({ sentences }: { readonly sentences: readonly string[] }): JSX.Element | null {
  if (sentences.length === 0) return null;
  return (
    <ul>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

/** Maximum number of rows named. */
const maxNamed = 10;

function withRows(problem: WithoutCell, words: Words): string {
  const sentence = sentenceOf(problem, words);
  const [first = 0, ...others] = problem.rows;
  if (others.length === 0) return words.inRow(first, sentence);
  const named = problem.rows.slice(0, maxNamed).join(', ');
  const more = problem.rows.length - maxNamed;
  return words.inRows(more > 0 ? `${named} ${words.andMore(more)}` : named, sentence);
}

function sentenceOf({ field, sentence }: WithoutCell, words: Words): string {
  const name = words.fields[field ?? ''];
  return name === undefined ? sentence : `${name}: ${sentence}`;
}
