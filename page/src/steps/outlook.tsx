import type { JSX } from 'preact';
import type { PreviewedRow } from '../api';
import { useWords } from '../words-context';

/** Lines of a list. */
const maxShown = 50;

const outcomes = ['create', 'update', 'unchanged', 'cancel', 'refuse'] as const;

/** What would become of the rows. */
export function Outlook({ rows }: { readonly rows: readonly PreviewedRow[] }): JSX.Element {
  const words = useWords();
  const countOf = (wanted: string): number =>
    rows.filter(({ preview }) => preview?.outcome === wanted).length;
  const warnings = rows.flatMap(({ row, preview }) =>
    (preview?.warnings ?? []).map(({ code, message }) =>
      words.inRow(row, words.warnings[code] ?? message),
    ),
  );
  return (
    <>
      <ul class="counts" aria-label={words.checkTitle}>
        {outcomes
          .filter((outcome) => countOf(outcome) > 0)
          .map((outcome) => (
            <li key={outcome} class={outcome === 'refuse' ? 'failed' : ''}>
              <strong>{countOf(outcome)}</strong> {words.outcomes[outcome]}
            </li>
          ))}
      </ul>
      <Changes rows={rows} />
      {warnings.length > 0 && (
        <details>
          <summary>
            {words.pleaseNote} ({warnings.length})
          </summary>
          <ul>
            {warnings.slice(0, maxShown).map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Changes({ rows }: { readonly rows: readonly PreviewedRow[] }): JSX.Element | null {
  const words = useWords();
  const changed = rows.filter(({ preview }) => (preview?.changes.length ?? 0) > 0);
  if (changed.length === 0) return null;
  const nameOf = (path: string): string =>
    (words.fields as Readonly<Record<string, string>>)[`meeting.${path}`] ?? path;
  return (
    <details open>
      <summary>{words.willChange}</summary>
      <ul>
        {changed.slice(0, maxShown).map(({ row, preview }) => (
          <li key={row}>
            {words.inRow(
              row,
              (preview?.changes ?? [])
                .map(
                  ({ path, from, to }) =>
                    `${nameOf(path)}: ${words.changed(from ?? words.nothing, to ?? words.nothing)}`,
                )
                .join('; '),
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
