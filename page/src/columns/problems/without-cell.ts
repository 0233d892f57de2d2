import type { ColumnTarget } from '../../../../src/requests/column-names';
import { allFields } from '../fields';
import type { Refusal } from './refusals';

/** A problem that no cell of the sheet shows, with its rows. */
export interface WithoutCell {
  /** The field whose value is set under Columns; undefined if there is none. */
  readonly field: ColumnTarget | undefined;
  readonly sentence: string;
  readonly rows: readonly number[];
}

/** Groups the problems without a cell, so that each is shown once. */
export function withoutCell(refusals: readonly Refusal[]): readonly WithoutCell[] {
  const groups = Map.groupBy(
    refusals.filter(({ column }) => column === undefined),
    ({ field, sentence }) => `${field ?? ''} ${sentence}`,
  );
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          {
            field: canBeSet(first.field) ? first.field : undefined,
            sentence: first.sentence,
            rows: [...new Set([first, ...others].map(({ row }) => row))],
          },
        ],
  );
}

/** A field of each row, such as its code, has no value under Columns. */
const canBeSet = (field: ColumnTarget | undefined): boolean =>
  allFields.some(({ target, isOfRow }) => target === field && isOfRow !== true);
