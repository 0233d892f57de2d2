import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { SheetRow } from '../../../../src/workbook/read/sheet-rows';
import type { Refusal } from '../../columns/problems/refusals';
import { cellAt, cellKey } from '../../columns/rows/cells';
import { shownTime } from '../../columns/time/shown-time';
import { headingOf, type LoadedSheet } from '../../sheet/loaded-sheet';
import { useWords } from '../../words/localization';

/** Called with the keys of the corrected cells, see `cellKey`. */
export type OnCorrect = (keys: readonly string[], text: string) => void;

interface Props {
  readonly row: SheetRow;
  readonly column: number;
  readonly sheet: LoadedSheet;
  readonly refusal: Refusal | undefined;
  readonly onCorrect: OnCorrect;
}

/** A cell of an invalid row: editable if it is or was wrong. */
export function WrongCell({ row, column, sheet, refusal, onCorrect }: Props): JSX.Element {
  const words = useWords();
  const id = useId();
  const text = shownTime(cellAt(row, column, sheet.corrections)?.text ?? '');
  const isCorrected = sheet.corrections.has(cellKey(row.row, column));
  const [typed, setTyped] = useState<string>();
  const cell = useRef<HTMLInputElement>(null);
  if (refusal === undefined && !isCorrected) return <td>{text}</td>;
  const equal = refusal === undefined || typed === undefined ? [] : equalCells(sheet, row, column);
  const write = (keys: readonly string[], value: string): void => {
    setTyped(undefined);
    onCorrect(keys, value);
  };
  const save = (value: string): void => {
    if (value !== text) write([cellKey(row.row, column)], value);
  };
  return (
    <td class={refusal === undefined ? 'corrected' : 'wrong'}>
      <input
        ref={cell}
        type="text"
        aria-label={words.cellLabel(headingOf(sheet.headings, column), row.row)}
        aria-invalid={refusal !== undefined}
        aria-describedby={id}
        value={typed ?? text}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onBlur={({ currentTarget, relatedTarget }) => {
          const isForAll =
            relatedTarget instanceof HTMLElement && relatedTarget.dataset['all'] === id;
          if (!isForAll) save(currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          const next = nextWrong(event.currentTarget);
          // Leaving the cell saves it. The last one keeps the focus.
          if (next !== undefined) next.focus();
          else save(event.currentTarget.value);
        }}
      />
      <small id={id}>{refusal?.sentence ?? words.corrected}</small>
      {equal.length > 1 && (
        <button
          type="button"
          data-all={id}
          onClick={() => {
            // The button is about to go.
            cell.current?.focus();
            write(equal, typed ?? text);
          }}
          // Safari does not focus a clicked button, so the cell would be saved alone first.
          onMouseDown={(event) => event.preventDefault()}
        >
          {words.equalCells(equal.length, text)}
        </button>
      )}
    </td>
  );
}

/** The next cell of the table that is marked as wrong. */
function nextWrong(cell: HTMLInputElement): HTMLInputElement | undefined {
  const cells = [...(cell.closest('table')?.querySelectorAll('input') ?? [])];
  return cells.slice(cells.indexOf(cell) + 1).find(({ ariaInvalid }) => ariaInvalid === 'true');
}

/** The keys of the cells of the column with the same value. */
function equalCells(
  { body, corrections }: LoadedSheet,
  row: SheetRow,
  column: number,
): readonly string[] {
  const wanted = cellAt(row, column, corrections)?.text;
  return body
    .filter((each) => cellAt(each, column, corrections)?.text === wanted)
    .map((each) => cellKey(each.row, column));
}
