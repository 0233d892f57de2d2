import type { ColumnTarget } from '../../../src/requests/column-names';
import type { DateOrder } from '../../../src/requests/time/written-date';

/** The source of a field's value: a column, by its number from 1, or a text, which may name columns: `{Pupil}`. */
export type Source =
  | { readonly kind: 'none' }
  | { readonly kind: 'column'; readonly column: number }
  | { readonly kind: 'text'; readonly text: string };

/** A column of the sheet, by the text of its heading. */
export interface Heading {
  /** From 1. */
  readonly column: number;
  readonly name: string;
}

/** The meaning of the columns of a sheet. */
export interface Mapping {
  readonly sources: Readonly<Partial<Record<ColumnTarget, Source>>>;
  readonly timeZone: string;
  readonly dateOrder?: DateOrder;
}

const none: Source = { kind: 'none' };

/** Returns the source of a field; `none` if it has none. */
export const sourceOf = ({ sources }: Mapping, target: ColumnTarget): Source =>
  sources[target] ?? none;

/** Returns the mapping with another source for one field. */
export const withSource = (mapping: Mapping, target: ColumnTarget, source: Source): Mapping => ({
  ...mapping,
  sources: { ...mapping.sources, [target]: source },
});
