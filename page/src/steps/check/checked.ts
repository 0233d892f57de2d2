import type { Outcome, PreviewedRow, RefusedRow } from '../../api/answers';
import type { LoadedSheet } from '../../sheet/loaded-sheet';

/** The results of checking the rows of one version of a sheet: every change makes another version. */
export interface Checked {
  readonly sheet: LoadedSheet;
  readonly wrongRows: ReadonlySet<number>;
  /** Outcomes of the other rows. */
  readonly outcomes: ReadonlyMap<number, Outcome>;
}

/** Combines the rows refused by the check with the outcomes of the preview, by row. */
export const toChecked = (
  sheet: LoadedSheet,
  refused: readonly RefusedRow[],
  previewed: readonly PreviewedRow[],
): Checked => ({
  sheet,
  wrongRows: new Set(refused.map(({ row }) => row)),
  outcomes: new Map(
    previewed.flatMap(({ row, preview }) =>
      preview === undefined ? [] : [[row, preview.outcome] as const],
    ),
  ),
});

/** Whether these are the results of this very sheet, and some of its rows can be sent. */
export const canBeMade = (sheet: LoadedSheet, checked: Checked | undefined): checked is Checked =>
  checked?.sheet === sheet && checked.wrongRows.size < sheet.body.length;
