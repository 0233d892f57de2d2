import { dayIn, joinDateAndTime } from '../../../requests/time/join-date-and-time';

const start = 'meeting.startDateTime';
const end = 'meeting.endDateTime';

/** Columns that hold a part of a time, and the property that they form. */
export const timeTargets: ReadonlyMap<string, string> = new Map([
  [start, start],
  ['date', start],
  ['startTime', start],
  [end, end],
  ['endTime', end],
]);

/** Combines the cells of one row into start and end. An end without a day is on the day of the start. */
export function putTimes(
  cells: ReadonlyMap<string, string>,
  put: (target: string, value: string) => void,
): void {
  const cell = (target: string): string => cells.get(target)?.trim() ?? '';
  const begin = joinDateAndTime({
    date: cell('date'),
    time: cell(start),
    clock: cell('startTime'),
  });
  if (begin !== '') put(start, begin);
  if (cell(end) === '' && cell('endTime') === '') return;
  put(end, joinDateAndTime({ date: dayIn(begin), time: cell(end), clock: cell('endTime') }));
}
