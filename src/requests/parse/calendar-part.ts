import type { Problems } from '../../errors/problems';
import { isAbsent, isRecord } from '../readers/scalar';

type Given = Readonly<Record<string, unknown>>;

/** A cancel with its comment, which a sheet may have among its columns of the calendar. */
export function withComment(given: Given, problems: Problems): Given {
  const { comment, calendar } = given;
  const inCalendar = isRecord(calendar) ? calendar['comment'] : undefined;
  if (isAbsent(inCalendar)) return given;
  if (!isAbsent(comment) && comment !== inCalendar)
    problems.add('conflicting', 'calendar.comment', 'Use either this or comment, not both.');
  return { ...given, comment: inCalendar };
}

/** Whether an update has more than properties of the meeting. */
export const changesMore = ({ refresh, calendar }: Given): boolean =>
  !isAbsent(refresh) ||
  (isRecord(calendar) &&
    Object.values(calendar).some((value) => !isAbsent(value) || isEmpty(value)));

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
