import type { ColumnTarget } from '../../../../src/requests/column-names';
import { dayIn } from '../../../../src/requests/time/join-date-and-time';
import type { Problem } from '../../api/answers';
import { allFields } from '../fields';
import type { MappedRow } from '../mapped-sheet';
import { sourceOf } from '../mapping';
import { valueOf } from '../rows/value-of';
import { end, start, type TimeFields } from '../time/time-fields';
import { clockFault, isClock, timeFaults, type TimeParts } from '../time/time-faults';

/** The field that a person has to correct, and what is wrong with it. */
export interface Place {
  /** Undefined if the problem belongs to no field. */
  readonly field: ColumnTarget | undefined;
  readonly code: string;
  /** What is missing in the field, if it is only a part of it. */
  readonly part?: 'date' | 'startTime' | 'endTime';
}

/** Codes of problems of the texts of a time. Others are about its meaning, such as an end before the start. */
const codesOfText: ReadonlySet<string> = new Set(['missing', 'invalidTime', 'excelError']);

/** The places of a problem. A time may have two columns. None if another problem of the row is the cause. */
export function placesOf({ code, target }: Problem, row: MappedRow): readonly Place[] {
  const field = allFields
    .map((each) => each.target)
    .find(
      (each) => target === each || target.startsWith(`${each}.`) || target.startsWith(`${each}[`),
    );
  // A pool stands for an organizer.
  if (field === 'organizer' && !isUsed(field, row) && isUsed('organizerPool', row))
    return [{ field: 'organizerPool', code }];
  if (field === start.day) return placesOfTime(start, code, row);
  return field === end.day ? placesOfEnd(code, row) : [{ field, code }];
}

const isUsed = (field: ColumnTarget, { mapping }: MappedRow): boolean =>
  sourceOf(mapping, field).kind !== 'none';

const partsOf = (fields: TimeFields, row: MappedRow): TimeParts => ({
  day: valueOf(fields.day, row),
  clock: valueOf(fields.clock, row),
});

function placesOfTime(fields: TimeFields, code: string, row: MappedRow): readonly Place[] {
  const parts = partsOf(fields, row);
  const isApart = isUsed(fields.clock, row);
  const whole: Place = { field: parts.clock === '' ? fields.day : fields.clock, code };
  if (!codesOfText.has(code) || (parts.day === '' && !isApart)) return [whole];
  const { day, clock } = timeFaults(parts, row.mapping.dateOrder);
  const ofDay: readonly Place[] =
    day === undefined ? [] : [{ field: fields.day, ...toPlace(day, 'date') }];
  if (clock === undefined || (!isApart && day !== undefined))
    return day === undefined ? [whole] : ofDay;
  const field = isApart ? fields.clock : fields.day;
  return [...ofDay, { field, ...toPlace(clock, fields.clock) }];
}

const toPlace = (code: string, part: NonNullable<Place['part']>): Omit<Place, 'field'> =>
  code === 'missing' ? { code, part } : { code };

function placesOfEnd(code: string, row: MappedRow): readonly Place[] {
  const { day, clock } = partsOf(end, row);
  const hasOwnDay = day !== '' && !isClock(day);
  if (code === 'inThePast') return [{ field: hasOwnDay ? end.day : start.day, code }];
  if (day === '' && clock === '') return [placeOfNoEnd(code, row)];
  if (!codesOfText.has(code)) return [{ field: placeOfMeaning(row), code }];
  if (hasOwnDay) return placesOfTime(end, code, row);
  // The day is that of the start, which has a problem of its own if it is wrong.
  const field = clock === '' ? end.day : end.clock;
  const wrong = clockFault({ day: '', clock: clock === '' ? day : clock });
  if (wrong !== undefined) return [{ field, code: wrong }];
  const { day: wrongStart } = timeFaults(partsOf(start, row), row.mapping.dateOrder);
  return wrongStart === undefined ? [{ field, code }] : [];
}

/** An end that has no text is missing, or follows from the duration. */
function placeOfNoEnd(code: string, row: MappedRow): Place {
  const field = [end.clock, end.day].find((each) => isUsed(each, row));
  return code === 'missing' && field !== undefined
    ? { field, code, part: 'endTime' }
    : { field: 'durationMinutes', code };
}

/** The part of an end that is too early: its time of day, if it is on the day of the start. */
function placeOfMeaning(row: MappedRow): ColumnTarget {
  const { day, clock } = partsOf(end, row);
  const isSameDay = day === '' || dayIn(day) === dayIn(partsOf(start, row).day);
  return clock !== '' && isSameDay ? end.clock : end.day;
}
