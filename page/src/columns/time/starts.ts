import { putTimes, timeTargets } from '../../../../src/batches/intake/sheet/time-columns';
import type { ColumnTarget } from '../../../../src/requests/column-names';
import { compareTimes, parseTime } from '../../../../src/requests/time/time';
import { findTimeZone } from '../../../../src/requests/time/time-zones';
import type { MappedRow, MappedSheet } from '../mapped-sheet';
import { valueOf } from '../rows/value-of';

/**
 * When the meetings of the rows start, earliest first, in UTC: `2030-01-15T13:00:00Z`. Leaves out cells that are no
 * time.
 */
export function startsOf({ body, ...sheet }: MappedSheet): readonly string[] {
  const { dateOrder } = sheet.mapping;
  const timeZone = findTimeZone(sheet.mapping.timeZone);
  return body
    .flatMap((row) => {
      const start = parseTime(startIn({ ...sheet, row }), { timeZone, dateOrder });
      return start.ok ? [start.time] : [];
    })
    .toSorted(compareTimes);
}

/** The start in the columns of a row; they may hold the day and the time separately. */
function startIn(row: MappedRow): string {
  const targets = [...timeTargets.keys()] as ColumnTarget[];
  let start = '';
  putTimes(new Map(targets.map((target) => [target, valueOf(target, row)])), (target, text) => {
    if (target === 'meeting.startDateTime') start = text;
  });
  return start;
}
