import { putTimes, timeTargets } from '../../../../src/batches/intake/sheet/time-columns';
import type { ColumnTarget } from '../../../../src/requests/column-names';
import { compareTimes, parseTime } from '../../../../src/requests/time/time';
import { findTimeZone } from '../../../../src/requests/time/time-zones';
import type { Mapping } from '../mapping';
import { valueOf, type Corrections, type Sheet } from '../rows/requests';

/**
 * When the meetings of the rows start, earliest first, in UTC: `2030-01-15T13:00:00Z`. Leaves out cells that are no
 * time.
 */
export function startsOf(
  { headings, body }: Pick<Sheet, 'headings' | 'body'>,
  mapping: Mapping,
  corrections: Corrections,
): readonly string[] {
  const timeZone = findTimeZone(mapping.timeZone);
  const { dateOrder } = mapping;
  return body
    .flatMap((row) => {
      const text = startIn((target) => valueOf(target, mapping, { headings, row, corrections }));
      const start = parseTime(text, { timeZone, dateOrder });
      return start.ok ? [start.time] : [];
    })
    .toSorted(compareTimes);
}

/** The start in the columns of a row; they may hold the day and the time separately. */
function startIn(value: (target: ColumnTarget) => string): string {
  const cells = new Map([...timeTargets.keys()].map((name) => [name, value(name as ColumnTarget)]));
  let start = '';
  putTimes(cells, (target, text) => {
    if (target === 'meeting.startDateTime') start = text;
  });
  return start;
}
