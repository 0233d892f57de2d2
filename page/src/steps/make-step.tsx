import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { go, hrefOf } from '../address';
import type { Caller } from '../api/answers';
import { submit } from '../api/endpoints';
import { toSentSheet } from '../columns/rows/to-sent-sheet';
import { Notice } from '../notice';
import { PageHeading } from '../page-heading';
import type { Words } from '../words/english';
import { useLocalization, useWords } from '../words/localization';
import type { Checked } from './check/checked';
import { summaryOf, type Summary } from './summary';

interface Props {
  readonly caller: Caller;
  readonly checked: Checked;
}

/** Maximum number of organizers listed. */
const maxNamed = 5;

/** Step 4: shows for whom, when, how many, and who gets mail; then makes the meetings. */
export function MakeStep({ caller, checked }: Props): JSX.Element {
  const words = useWords();
  const { sheet } = checked;
  const [state, setState] = useState<'asking' | 'sending' | { readonly error: unknown }>('asking');
  const summary = useMemo(() => summaryOf(checked), [checked]);
  const isNew = summary.made === summary.rows;
  const make = (): void => {
    setState('sending');
    submit(toSentSheet(sheet)).then(
      ({ batchId }) => go({ name: 'batch', id: batchId }),
      (error: unknown) => setState({ error }),
    );
  };
  return (
    <>
      <PageHeading text={isNew ? words.makeTitle : words.changeTitle} step={4} />
      <p class="lead">{isNew ? words.makeLead : words.changeLead}</p>
      <SummaryList
        summary={caller.ownOnly ? { ...summary, organizers: [caller.name] } : summary}
        timeZone={sheet.mapping.timeZone}
      />
      {checked.wrongRows.size > 0 && <p class="notice">{words.leftOut(checked.wrongRows.size)}</p>}
      {typeof state === 'object' && <Notice kind="error" error={state.error} />}
      <div class="actions">
        <a class="button" href={hrefOf('check')}>
          {words.back}
        </a>
        <button type="button" class="primary" disabled={state === 'sending'} onClick={make}>
          {state === 'sending' ? words.making : buttonText(summary, words)}
        </button>
      </div>
    </>
  );
}

const buttonText = ({ rows, made, unchanged }: Summary, words: Words): string =>
  made === rows ? words.make(rows) : words.carryOut(rows - unchanged);

function SummaryList({
  summary,
  timeZone,
}: {
  readonly summary: Summary;
  readonly timeZone: string;
}): JSX.Element {
  const { words, locale } = useLocalization();
  const { organizers, starts, invited, isOutlookTelling } = summary;
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone,
  });
  const shown = (start = ''): string => time.format(new Date(start));
  return (
    <dl>
      <dt>{words.howMany}</dt>
      <dd>{countsOf(summary, words)}</dd>
      <dt>{words.organizers}</dt>
      <dd>
        {organizers.slice(0, maxNamed).join(', ')}{' '}
        {organizers.length > maxNamed && words.andMore(organizers.length - maxNamed)}
      </dd>
      {starts.length > 0 && (
        <>
          <dt>{words.when}</dt>
          <dd>
            {words.fromTo(shown(starts[0]), shown(starts.at(-1)))} ({timeZone})
          </dd>
        </>
      )}
      {(invited > 0 || isOutlookTelling) && (
        <>
          <dt>{words.invitations}</dt>
          {invited > 0 && <dd>{words.mails(invited)}</dd>}
          {isOutlookTelling && <dd>{words.outlookTells}</dd>}
        </>
      )}
    </dl>
  );
}

function countsOf({ rows, made, changed, cancelled, unchanged }: Summary, words: Words): string {
  if (made === rows) return words.meetings(rows);
  const { create, update, cancel, unchanged: same } = words.outcomes;
  const counts = [
    [made, create],
    [changed, update],
    [cancelled, cancel],
    [unchanged, same],
  ] as const;
  return counts
    .flatMap(([count, name]) => (count === 0 ? [] : [`${count} ${name(count)}`]))
    .join(', ');
}
