import { putTimes, timeTargets } from '../../../src/batches/intake/sheet/time-columns';
import type { ColumnTarget } from '../../../src/requests/column-names';
import { readWrittenTime } from '../../../src/requests/time/read-written-time';
import type { Mapping } from './mapping';
import { valueOf, type Corrections, type Sheet } from './requests';

/**
 * When the meetings of the rows start, as the sheet says it, earliest first: `2030-01-15 14:00`. Leaves out cells that
 * are no time.
 */
export const startsOf = (
  { headings, body }: Pick<Sheet, 'headings' | 'body'>,
  mapping: Mapping,
  corrections: Corrections,
): readonly string[] =>
  body
    .flatMap((row) => {
      const start = readWrittenTime(
        startIn((target) => valueOf(target, mapping, { headings, row, corrections })),
        mapping.dateOrder,
      );
      return start.ok ? [new Date(start.epoch).toISOString()] : [];
    })
    .toSorted()
    .map((start) => start.slice(0, 16).replace('T', ' '));

/** The start in the columns of a row; they may hold the day and the time separately. */
function startIn(value: (target: ColumnTarget) => string): string {
  const cells = new Map([...timeTargets.keys()].map((name) => [name, value(name as ColumnTarget)]));
  let start = '';
  putTimes(cells, (target, text) => {
    if (target === 'meeting.startDateTime') start = text;
  });
  return start;
}
