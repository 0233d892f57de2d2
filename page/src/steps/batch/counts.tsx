import type { JSX } from 'preact';
import type { BatchStatus } from '../../api/answers';
import { countNames } from '../../api/status-counts';
import { useWords } from '../../words/localization';

/** The numbers of rows by status, without those that are zero. */
export function Counts({ counts }: Pick<BatchStatus, 'counts'>): JSX.Element {
  const words = useWords();
  const shown = countNames.filter((name) => counts[name] > 0);
  return (
    <ul class="counts">
      {shown.map((name) => (
        <li key={name} class={name}>
          <strong>{counts[name]}</strong> {words.counts[name](counts[name])}
        </li>
      ))}
    </ul>
  );
}
