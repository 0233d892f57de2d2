import type { JSX } from 'preact';
import { previewOutcomes } from '../../../../src/results/meeting-result';
import type { Outcome, PreviewedRow } from '../../api/answers';
import { invitedIn, isInCalendar } from '../../columns/rows/people';
import type { LoadedSheet } from '../../sheet/loaded-sheet';
import { useLocalization, useWords } from '../../words/localization';

/** Maximum number of lines in a list. */
const maxShown = 50;

interface Props {
  readonly sheet: LoadedSheet;
  readonly rows: readonly PreviewedRow[];
}

/** The predicted outcomes of the rows. */
export function Outcomes({ sheet, rows }: Props): JSX.Element {
  const words = useWords();
  const countOf = (wanted: Outcome): number =>
    rows.filter(({ preview }) => preview?.outcome === wanted).length;
  const warnings = rows.flatMap(({ row, preview }) =>
    (preview?.warnings ?? []).map(({ code, message }) =>
      words.inRow(row, words.warnings[code] ?? message),
    ),
  );
  return (
    <>
      <ul class="counts" aria-label={words.checkTitle}>
        {previewOutcomes
          .filter((outcome) => countOf(outcome) > 0)
          .map((outcome) => (
            <li key={outcome} class={outcome === 'refuse' ? 'failed' : ''}>
              <strong>{countOf(outcome)}</strong> {words.outcomes[outcome](countOf(outcome))}
            </li>
          ))}
      </ul>
      <Changes sheet={sheet} rows={rows} />
      <Mailed sheet={sheet} rows={rows} />
      <Lines title={`${words.pleaseNote} (${warnings.length})`} lines={warnings} />
    </>
  );
}

function Lines({
  title,
  lines,
  isOpen = false,
}: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly isOpen?: boolean;
}): JSX.Element | null {
  const words = useWords();
  if (lines.length === 0) return null;
  const more = lines.length - maxShown;
  return (
    <details open={isOpen}>
      <summary>{title}</summary>
      <ul>
        {lines.slice(0, maxShown).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {more > 0 && <li>{words.andMore(more)}</li>}
      </ul>
    </details>
  );
}

function Changes({ sheet, rows }: Props): JSX.Element {
  const { words, locale } = useLocalization();
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: sheet.mapping.timeZone,
  });
  const shown = (value: string | null): string => {
    if (value === null) return words.nothing;
    const isTime = /^\d{4}-\d\d-\d\dT/.test(value);
    return isTime ? time.format(new Date(value)) : value;
  };
  const sentenceOf = ({ path, from, to }: Change): string => {
    const name = words.properties[path] ?? path;
    // Lists and objects mean nothing to people.
    const isText = ![from, to].some((value) => /^[[{]/.test(value ?? ''));
    return isText ? `${name}: ${words.changed(shown(from), shown(to))}` : name;
  };
  const lines = rows.flatMap(({ row, preview }) =>
    preview === undefined || preview.changes.length === 0
      ? []
      : [words.inRow(row, preview.changes.map(sentenceOf).join('; '))],
  );
  return <Lines title={words.willChange} lines={lines} isOpen />;
}

type Change = NonNullable<PreviewedRow['preview']>['changes'][number];

/** The people who would be invited. Who gets mail about a change, only Outlook knows. */
function Mailed({ sheet, rows }: Props): JSX.Element {
  const words = useWords();
  const withOutcome = (...wanted: readonly Outcome[]): LoadedSheet['body'] => {
    const found = new Set(
      rows.flatMap(({ row, preview }) =>
        wanted.some((outcome) => outcome === preview?.outcome) ? [row] : [],
      ),
    );
    return sheet.body.filter(({ row }) => found.has(row));
  };
  const invited = withOutcome('create')
    .map((row) => [row.row, invitedIn({ ...sheet, row })] as const)
    .filter(([, people]) => people.length > 0);
  const lines = invited.map(([row, people]) => words.inRow(row, people.join(', ')));
  const count = invited.reduce((sum, [, people]) => sum + people.length, 0);
  const isOutlookTelling = withOutcome('update', 'cancel').some((row) =>
    isInCalendar({ ...sheet, row }),
  );
  return (
    <>
      <Lines title={words.willBeMailed(count)} lines={lines} />
      {isOutlookTelling && <p>{words.outlookTells}</p>}
    </>
  );
}
