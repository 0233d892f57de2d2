import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { go, hrefOf } from '../../address';
import { toRefusals } from '../../columns/problems/refusals';
import { refusedIn } from '../../columns/problems/row-problems';
import { PageHeading } from '../../page-heading';
import { Notice } from '../../notice';
import type { LoadedSheet } from '../../sheet/loaded-sheet';
import { useWords } from '../../words/localization';
import { Advice } from './advice';
import { toChecked, type Checked } from './checked';
import { Outcomes } from './outcomes';
import { useCheck } from './use-check';
import { usePreview } from './use-preview';
import { WithoutCells } from './without-cells';
import type { OnCorrect } from './wrong-cell';
import { WrongRows } from './wrong-rows';

interface Props {
  readonly sheet: LoadedSheet;
  readonly onChange: (sheet: LoadedSheet) => void;
  readonly onChecked: (checked: Checked) => void;
}

/** Step 3: shows each problem in its cell, and lets people correct it there. */
export function CheckStep({ sheet, onChange, onChecked }: Props): JSX.Element {
  const words = useWords();
  const [error, setError] = useState<unknown>();
  const [checked, run] = useCheck(sheet, setError);
  // Corrected rows stay visible, so that nothing moves while a person is typing.
  const shown = useRef(new Set<number>());
  const isCurrent = checked?.sheet === sheet;
  const previewed = usePreview(sheet, isCurrent ? checked.refused : undefined, setError);
  const refused = useMemo(
    () => [...(checked?.refused ?? []), ...refusedIn(previewed?.rows ?? [])],
    [checked, previewed],
  );
  const refusals = useMemo(
    () => (checked === undefined ? [] : toRefusals(refused, checked.sheet, words)),
    [checked, refused, words],
  );
  for (const { row, column } of refusals) if (column !== undefined) shown.current.add(row);
  const wrong = refused.length;
  const rows = sheet.body.length;
  const isKnown = isCurrent && previewed !== undefined;
  // Before the button that leads to the next step can be pressed.
  useLayoutEffect(() => {
    if (isKnown) onChecked(toChecked(sheet, refused, previewed.rows));
  }, [isKnown, refused]);
  const correct: OnCorrect = (keys, text) => {
    const corrections = new Map([...sheet.corrections, ...keys.map((key) => [key, text] as const)]);
    onChange({ ...sheet, corrections });
  };
  const summary = (): string => {
    if (!isCurrent) return error === undefined ? words.checking : '';
    if (wrong > 0) return words.someWrong(wrong, rows);
    return isKnown ? words.allRight(rows) : words.looking;
  };
  return (
    <>
      <PageHeading text={words.checkTitle} step={3} />
      {error !== undefined && <Notice kind="error" error={error} onRetry={run} />}
      <p class={`summary ${isKnown && wrong === 0 ? 'good' : ''}`} role="status">
        {summary()}
      </p>
      {isKnown && (
        <>
          <Advice sheet={sheet} rows={previewed.rows} onChange={onChange} />
          <Outcomes sheet={sheet} rows={previewed.rows} />
        </>
      )}
      <WithoutCells refusals={refusals} count={rows} />
      {shown.current.size > 0 && (
        <>
          <p>{words.correctHint}</p>
          <WrongRows sheet={sheet} refusals={refusals} shown={shown.current} onCorrect={correct} />
        </>
      )}
      <div class="actions">
        <a class="button" href={hrefOf('columns')}>
          {words.back}
        </a>
        <button
          type="button"
          class="primary"
          disabled={!isKnown || wrong >= rows}
          onClick={() => go('make')}
        >
          {isKnown && wrong > 0 && wrong < rows ? words.makeRest(rows - wrong) : words.next}
        </button>
      </div>
    </>
  );
}
