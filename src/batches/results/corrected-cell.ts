import { readNumber, toSerial } from '../../requests/time/excel-serial';
import { readTimeOfDay } from '../../requests/time/time-of-day';
import { readDate, type DateOrder } from '../../requests/time/written-date';
import { readWrittenTime } from '../../requests/time/read-written-time';
import type { CorrectedCell } from '../../workbook';

/** A person's correction of a cell, as a workbook stores it. */
export function toCorrectedCell(text: string, order: DateOrder | undefined): CorrectedCell {
  const number = numberIn(text, order);
  return number === undefined ? { text } : { text, number };
}

function numberIn(text: string, order: DateOrder | undefined): CorrectedCell['number'] {
  const value = readNumber(text);
  // 0017 is a code, not 17.
  if (value !== undefined)
    return String(value) === text.trim().replace(',', '.') ? { kind: 'number', value } : undefined;
  const clock = readTimeOfDay(text);
  if (clock !== undefined) {
    const seconds = (clock.hours * 60 + clock.minutes) * 60 + clock.seconds;
    return { kind: 'time', value: seconds / (24 * 60 * 60) };
  }
  const date = readDate(text, order);
  if (date !== undefined)
    return date.kind === 'day' && date.day !== undefined
      ? { kind: 'day', value: toSerial(date.day) }
      : undefined;
  const time = readWrittenTime(text, order);
  return time.ok && time.offset === undefined && time.zone === undefined
    ? { kind: 'day', value: toSerial(time.epoch) }
    : undefined;
}
