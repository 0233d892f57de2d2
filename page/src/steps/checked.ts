import type { Outcome, PreviewedRow, RefusedRow } from '../api';

/** What is known of the rows when they have been checked. */
export interface Checked {
  readonly wrongRows: ReadonlySet<number>;
  /** Of the others. */
  readonly outcomes: ReadonlyMap<number, Outcome>;
}

export const nothingChecked: Checked = { wrongRows: new Set(), outcomes: new Map() };

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

/** Whether people hear of what becomes of the row. */
export const isTold = (outcome: Outcome | undefined): boolean =>
  outcome === 'create' || outcome === 'update' || outcome === 'cancel';
