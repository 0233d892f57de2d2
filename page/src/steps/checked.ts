import type { Outcome, PreviewedRow, RefusedRow } from '../api';

/** The results of checking the rows. */
export interface Checked {
  readonly wrongRows: ReadonlySet<number>;
  /** Outcomes of the other rows. */
  readonly outcomes: ReadonlyMap<number, Outcome>;
}

/** The results before the first check. */
export const nothingChecked: Checked = { wrongRows: new Set(), outcomes: new Map() };

/** Combines the rows refused by the check with the outcomes of the preview, by row. */
export const toChecked = (
  refused: readonly RefusedRow[],
  previewed: readonly PreviewedRow[],
): Checked => ({
  wrongRows: new Set(refused.map(({ row }) => row)),
  outcomes: new Map(
    previewed.flatMap(({ row, preview }) =>
      preview === undefined ? [] : [[row, preview.outcome] as const],
    ),
  ),
});

/** Whether people get mail about the outcome of the row. */
export const isTold = (outcome: Outcome | undefined): boolean =>
  outcome === 'create' || outcome === 'update' || outcome === 'cancel';
