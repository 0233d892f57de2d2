import { timeTargets } from '../../../../src/batches/intake/sheet/time-columns';
import type { ColumnTarget } from '../../../../src/requests/column-names';
import type { Problem, RefusedRow } from '../../api/answers';
import type { Words } from '../../words/english';
import type { MappedSheet } from '../mapped-sheet';
import { sourceOf } from '../mapping';
import { placesOf, type Place } from './places';

/** A problem at the place where a person can fix it. */
export interface Refusal {
  readonly row: number;
  /** Undefined if the value has no column and is set under Columns. */
  readonly column: number | undefined;
  readonly field: ColumnTarget | undefined;
  readonly sentence: string;
}

/** Returns each problem with its cells, and a sentence in the language of the page. */
export function toRefusals(
  rows: readonly RefusedRow[],
  sheet: MappedSheet,
  words: Pick<Words, 'problems'>,
): readonly Refusal[] {
  const bodies = new Map(sheet.body.map((row) => [row.row, row]));
  return rows.flatMap(({ row, problems }) =>
    problems.flatMap((problem) =>
      placesOf(problem, { ...sheet, row: bodies.get(row) ?? { row, cells: [] } }).map(
        (place): Refusal => {
          const source =
            place.field === undefined ? undefined : sourceOf(sheet.mapping, place.field);
          const column = source?.kind === 'column' ? source.column : undefined;
          return { row, field: place.field, column, sentence: sentenceOf(problem, words, place) };
        },
      ),
    ),
  );
}

/** The sentence about a problem in the language of the page; the app's own if the page has none. */
export function sentenceOf(
  problem: Problem,
  { problems }: Pick<Words, 'problems'>,
  { code, part }: Pick<Place, 'code' | 'part'> = problem,
): string {
  const { target, message } = problem;
  const path = part ?? timeTargets.get(target) ?? target.replace(/\[.*$/, '');
  return problems[`${code} ${path}`] ?? problems[code] ?? message;
}
