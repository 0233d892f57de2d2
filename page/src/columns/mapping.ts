import type { ColumnTarget } from '../../../src/requests/column-names';
import type { DateOrder } from '../../../src/requests/time/written-date';

/** Where the value of a field comes from: a column, by its number from 1, or a text, which may name columns: `{Pupil}`. */
export type Source =
  | { readonly kind: 'none' }
  | { readonly kind: 'column'; readonly column: number }
  | { readonly kind: 'text'; readonly text: string };

export interface Heading {
  /** From 1. */
  readonly column: number;
  readonly name: string;
}

/** What the columns of a sheet mean. */
export interface Mapping {
  readonly sources: Readonly<Partial<Record<ColumnTarget, Source>>>;
  readonly timeZone: string;
  readonly dateOrder?: DateOrder;
}

const none: Source = { kind: 'none' };

export const sourceOf = ({ sources }: Mapping, target: ColumnTarget): Source =>
  sources[target] ?? none;

export const withSource = (mapping: Mapping, target: ColumnTarget, source: Source): Mapping => ({
  ...mapping,
  sources: { ...mapping.sources, [target]: source },
});

const keyOf = (headings: readonly Heading[]): string =>
  `convoke.columns ${headings.map(({ column, name }) => `${column} ${name}`).join('|')}`;

/** Keeps what the columns mean for a sheet with the same headings. A browser may refuse to keep anything. */
export function remember(headings: readonly Heading[], mapping: Mapping): void {
  try {
    localStorage.setItem(keyOf(headings), JSON.stringify(mapping));
  } catch {
    // Then it is asked for again next time.
  }
}

export function recall(headings: readonly Heading[]): Mapping | undefined {
  try {
    const kept = localStorage.getItem(keyOf(headings));
    return kept === null ? undefined : (JSON.parse(kept) as Mapping);
  } catch {
    return undefined;
  }
}
