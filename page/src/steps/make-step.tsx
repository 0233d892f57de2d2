import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Caller } from '../answers';
import { submit } from '../api';
import { go, hrefOf } from '../address';
import { toSentSheet } from '../columns/rows/to-sent-sheet';
import { PageHeading } from '../page-heading';
import { Notice } from '../notice';
import { useLocalization } from '../words/localization';
import type { Words } from '../words/english';
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
  const { words, locale } = useLocalization();
  const { sheet } = checked;
  const [state, setState] = useState<'asking' | 'sending' | { readonly error: unknown }>('asking');
  const summary = useMemo(() => summaryOf(checked), [checked]);
  const { rows, made, unchanged, organizers, starts, invited, isOutlookTelling } = summary;
  const { timeZone } = sheet.mapping;
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone,
  });
  const shown = (start = ''): string => time.format(new Date(start));
  const named = caller.ownOnly ? [caller.name] : organizers;
  const isNew = made === rows;
  const make = async (): Promise<void> => {
    setState('sending');
    try {
      const { batchId } = await submit(toSentSheet(sheet));
      go({ name: 'batch', id: batchId });
    } catch (error) {
      setState({ error });
    }
  };
  return (
    <>
      <PageHeading text={isNew ? words.makeTitle : words.changeTitle} step={4} />
      <p class="lead">{isNew ? words.makeLead : words.changeLead}</p>
      <dl>
        <dt>{words.howMany}</dt>
        <dd>{isNew ? words.meetings(rows) : countsOf(summary, words)}</dd>
        <dt>{words.forWhom}</dt>
        <dd>
          {named.slice(0, maxNamed).join(', ')}{' '}
          {named.length > maxNamed && words.andMore(named.length - maxNamed)}
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
      {checked.wrongRows.size > 0 && <p class="notice">{words.leftOut(checked.wrongRows.size)}</p>}
      {typeof state === 'object' && <Notice kind="error" error={state.error} />}
      <div class="actions">
        <a class="button" href={hrefOf('check')}>
          {words.back}
        </a>
        <button
          type="button"
          class="primary"
          disabled={state === 'sending'}
          onClick={() => void make()}
        >
          {buttonText()}
        </button>
      </div>
    </>
  );

  function buttonText(): string {
    if (state === 'sending') return words.making;
    return isNew ? words.make(rows) : words.carryOut(rows - unchanged);
  }
}

function countsOf({ made, changed, cancelled, unchanged }: Summary, words: Words): string {
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
