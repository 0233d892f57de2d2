import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { submit, type Caller } from '../api';
import { go, hrefOf } from '../address';
import { valueOf } from '../columns/requests';
import { toSentSheet } from '../columns/to-sent-sheet';
import { Heading } from '../heading';
import { Notice } from '../notice';
import type { LoadedSheet } from '../sheet/loaded-sheet';
import { useWords } from '../words-context';

interface Props {
  readonly sheet: LoadedSheet;
  readonly caller: Caller;
  readonly wrongRows: ReadonlySet<number>;
}

/** Organizers that are named. */
const maxNamed = 5;

/** Step 4: says for whom, when and how many; then the meetings are made. */
export function MakeStep({ sheet, caller, wrongRows }: Props): JSX.Element {
  const words = useWords();
  const [state, setState] = useState<'asking' | 'sending' | { readonly error: unknown }>('asking');
  const { count, organizers, starts } = useMemo(
    () => summaryOf(sheet, wrongRows),
    [sheet, wrongRows],
  );
  const named = caller.ownOnly ? [caller.name] : organizers;
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
      <Heading text={words.makeTitle} step={4} />
      <p class="lead">{words.makeLead}</p>
      <dl>
        <dt>{words.howMany}</dt>
        <dd>{words.meetings(count)}</dd>
        <dt>{words.forWhom}</dt>
        <dd>
          {named.slice(0, maxNamed).join(', ')}{' '}
          {named.length > maxNamed && words.andMore(named.length - maxNamed)}
        </dd>
        <dt>{words.when}</dt>
        <dd>
          {words.fromTo(starts[0] ?? '', starts.at(-1) ?? '')} ({sheet.mapping.timeZone})
        </dd>
      </dl>
      {wrongRows.size > 0 && <p class="notice">{words.leftOut(wrongRows.size)}</p>}
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
          {state === 'sending' ? words.making : words.make(count)}
        </button>
      </div>
    </>
  );
}

function summaryOf(
  sheet: LoadedSheet,
  wrongRows: ReadonlySet<number>,
): {
  readonly count: number;
  readonly organizers: readonly string[];
  readonly starts: readonly string[];
} {
  const rows = sheet.body.filter(({ row }) => !wrongRows.has(row));
  const all = (target: 'organizer' | 'meeting.startDateTime'): readonly string[] => [
    ...new Set(rows.map((row) => valueOf(target, sheet.mapping, { ...sheet, row }))),
  ];
  const days = all('meeting.startDateTime').map((start) => start.replace('T', ' ').slice(0, 16));
  return { count: rows.length, organizers: all('organizer'), starts: days.toSorted() };
}
