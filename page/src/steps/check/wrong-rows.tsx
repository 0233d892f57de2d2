import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { SheetRow } from '../../../../src/workbook/read/sheet-rows';
import type { Refusal } from '../../columns/problems/refusals';
import { cellAt, cellKey } from '../../columns/rows/cells';
import { shownTime } from '../../columns/time/shown-time';
import type { LoadedSheet } from '../../sheet/loaded-sheet';
import { headingOf } from '../../sheet/loaded-sheet';
import { useWords } from '../../words/localization';

/** Maximum number of rows shown. */
const maxShown = 100;

interface Props {
  readonly sheet: LoadedSheet;
  readonly refusals: readonly Refusal[];
  /** Rows that are or were invalid. */
  readonly shown: ReadonlySet<number>;
  readonly onCorrect: (places: readonly string[], text: string) => void;
}

/** Shows only the invalid rows, with their invalid cells editable. */
export function WrongRows({ sheet, refusals, shown, onCorrect }: Props): JSX.Element {
  const words = useWords();
  const columns = usedColumns(sheet);
  const all = sheet.body.filter(({ row }) => shown.has(row));
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label={words.checkTitle}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.row}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {headingOf(sheet.headings, column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {all.slice(0, maxShown).map((row) => (
              <tr key={row.row}>
                <th scope="row">{row.row}</th>
                {columns.map((column) => (
                  <WrongCell
                    key={column}
                    row={row}
                    column={column}
                    sheet={sheet}
                    refusal={refusals.find(
                      (each) => each.row === row.row && each.column === column,
                    )}
                    onCorrect={onCorrect}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {all.length > maxShown && <p>{words.moreRows(all.length - maxShown)}</p>}
    </>
  );
}

/** Columns of a field, in the order of the sheet. */
function usedColumns({ mapping, headings }: LoadedSheet): readonly number[] {
  const used = new Set(
    Object.values(mapping.sources).flatMap((source) =>
      source.kind === 'column' ? [source.column] : [],
    ),
  );
  return headings.map(({ column }) => column).filter((column) => used.has(column));
}

interface CellProps {
  readonly row: SheetRow;
  readonly column: number;
  readonly sheet: LoadedSheet;
  readonly refusal: Refusal | undefined;
  readonly onCorrect: (places: readonly string[], text: string) => void;
}

function WrongCell({ row, column, sheet, refusal, onCorrect }: CellProps): JSX.Element {
  const words = useWords();
  const id = useId();
  const text = shownTime(cellAt(row, column, sheet.corrections)?.text ?? '');
  const isCorrected = sheet.corrections.has(cellKey(row.row, column));
  const [typed, setTyped] = useState<string>();
  if (refusal === undefined && !isCorrected) return <td>{text}</td>;
  const equal = refusal === undefined || typed === undefined ? [] : equalPlaces(sheet, row, column);
  const write = (places: readonly string[], value: string): void => {
    setTyped(undefined);
    onCorrect(places, value);
  };
  const save = (value: string): void => {
    if (value !== text) write([cellKey(row.row, column)], value);
  };
  return (
    <td class={refusal === undefined ? 'corrected' : 'wrong'}>
      <input
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
          onClick={() => write(equal, typed ?? text)}
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

/** The cells of the column with the same value. */
function equalPlaces(
  { body, corrections }: LoadedSheet,
  row: SheetRow,
  column: number,
): readonly string[] {
  const wanted = cellAt(row, column, corrections)?.text;
  return body
    .filter((each) => cellAt(each, column, corrections)?.text === wanted)
    .map((each) => cellKey(each.row, column));
}
