import { timeTargets } from '../../../../src/batches/intake/sheet/time-columns';
import type { ColumnTarget } from '../../../../src/requests/column-names';
import type { SheetRow } from '../../../../src/workbook/read/sheet-rows';
import { allFields } from '../fields';
import type { Heading, Source } from '../mapping';
import { end, start } from '../time/time-fields';
import { meaningOf, possibleMeaningsOf } from './known-names';
import { matchTime } from './match-time';

type Sources = Partial<Record<ColumnTarget, Source>>;

/** Fields whose columns are found by their names alone. */
const byName = allFields.map(({ target }) => target).filter((target) => !timeTargets.has(target));

/** The meaning of each column, by its name and its content. Fields with a known source keep it. */
export function matchColumns(
  headings: readonly Heading[],
  body: readonly SheetRow[],
  known: Sources = {},
): Sources {
  const sources: Sources = Object.fromEntries(
    Object.entries(known).filter(([, { kind }]) => kind !== 'none'),
  );
  const put = (target: ColumnTarget, heading: Heading | undefined): void => {
    if (heading === undefined || sources[target] !== undefined) return;
    sources[target] = { kind: 'column', column: heading.column };
  };
  for (const heading of headings) {
    const target = meaningOf(heading.name);
    if (target !== undefined && byName.includes(target)) put(target, heading);
  }
  for (const heading of headings) {
    const left = possibleMeaningsOf(heading.name).filter((target) => sources[target] === undefined);
    if (left[0] !== undefined && left.length === 1) put(left[0], heading);
  }
  for (const fields of [start, end]) {
    const { day, clock } = matchTime(fields, { headings, body, sources });
    put(fields.day, day);
    put(fields.clock, clock);
  }
  return sources;
}
