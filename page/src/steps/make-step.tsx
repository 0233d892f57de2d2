import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { submit, type Caller, type Outcome } from '../api';
import { go, hrefOf } from '../address';
import { mailedIn, valueOf } from '../columns/requests';
import { startsOf } from '../columns/starts';
import { toSentSheet } from '../columns/to-sent-sheet';
import { Heading } from '../heading';
import { Notice } from '../notice';
import type { LoadedSheet } from '../sheet/loaded-sheet';
import { useWords } from '../words-context';
import type { Words } from '../words';
import { isTold, type Checked } from './checked';

interface Props {
  readonly sheet: LoadedSheet;
  readonly caller: Caller;
  readonly checked: Checked;
}

/** Maximum number of organizers listed. */
const maxNamed = 5;

/** Step 4: shows for whom, when, how many, and who gets mail; then makes the meetings. */
export function MakeStep({ sheet, caller, checked }: Props): JSX.Element {
  const words = useWords();
  const [state, setState] = useState<'asking' | 'sending' | { readonly error: unknown }>('asking');
  const summary = useMemo(() => summaryOf(sheet, checked), [sheet, checked]);
  const { rows, made, unchanged, organizers, starts, mailed } = summary;
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
      <Heading text={isNew ? words.makeTitle : words.changeTitle} step={4} />
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
              {words.fromTo(starts[0] ?? '', starts.at(-1) ?? '')} ({sheet.mapping.timeZone})
            </dd>
          </>
        )}
        {mailed > 0 && (
          <>
            <dt>{words.invitations}</dt>
            <dd>{words.mails(mailed)}</dd>
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

interface Summary {
  readonly rows: number;
  readonly made: number;
  readonly changed: number;
  readonly cancelled: number;
  readonly unchanged: number;
  readonly organizers: readonly string[];
  readonly starts: readonly string[];
  /** Number of mails. */
  readonly mailed: number;
}

function countsOf({ made, changed, cancelled, unchanged }: Summary, words: Words): string {
  const { create, update, cancel, unchanged: same } = words.outcomes;
  const counts = [
    [made, create],
    [changed, update],
    [cancelled, cancel],
    [unchanged, same],
  ] as const;
  return counts.flatMap(([count, name]) => (count === 0 ? [] : [`${count} ${name}`])).join(', ');
}

function summaryOf(sheet: LoadedSheet, { wrongRows, outcomes }: Checked): Summary {
  const rows = sheet.body.filter(({ row }) => !wrongRows.has(row));
  const all = (target: 'organizer' | 'organizerPool'): readonly string[] => [
    ...new Set(rows.map((row) => valueOf(target, sheet.mapping, { ...sheet, row }))),
  ];
  const count = (outcome: Outcome): number =>
    rows.filter(({ row }) => outcomes.get(row) === outcome).length;
  const told = rows.filter(({ row }) => isTold(outcomes.get(row)));
  return {
    rows: rows.length,
    made: count('create'),
    changed: count('update'),
    cancelled: count('cancel'),
    unchanged: count('unchanged'),
    organizers: [...all('organizer'), ...all('organizerPool')].filter((name) => name !== ''),
    starts: startsOf({ ...sheet, body: rows }, sheet.mapping, sheet.corrections),
    mailed: told.flatMap((row) => mailedIn(sheet.mapping, { ...sheet, row })).length,
  };
}
