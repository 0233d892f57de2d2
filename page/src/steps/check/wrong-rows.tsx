import type { JSX } from 'preact';
import type { Refusal } from '../../columns/problems/refusals';
import { headingOf, type LoadedSheet } from '../../sheet/loaded-sheet';
import { useWords } from '../../words/localization';
import { WrongCell, type OnCorrect } from './wrong-cell';

/** Maximum number of rows shown. */
const maxShown = 100;

interface Props {
  readonly sheet: LoadedSheet;
  readonly refusals: readonly Refusal[];
  /** Rows that are or were invalid. */
  readonly shown: ReadonlySet<number>;
  readonly onCorrect: OnCorrect;
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
