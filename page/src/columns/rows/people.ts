import { isAddress } from '../../../../src/requests/identity';
import { peopleInText } from '../../../../src/requests/readers/person';
import type { MappedRow } from '../mapped-sheet';
import { valueOf } from './value-of';

/** Whether the meeting of a row is in a calendar, which sends mail. */
export const isInCalendar = (row: MappedRow): boolean => valueOf('calendar.enabled', row) !== '';

/** Addresses of the people who are invited by mail to the new meeting of a row; never its organizer. */
export function invitedIn(row: MappedRow): readonly string[] {
  if (!isInCalendar(row)) return [];
  const [organizer] = peopleOf('organizer', row);
  return peopleOf('meeting.participants.attendees', row).filter(
    (each) => isAddress(each) && each.toLowerCase() !== organizer?.toLowerCase(),
  );
}

/** The people in a row, as the app reads them: addresses or object ids, each person once. */
export const peopleOf = (
  target: 'organizer' | 'meeting.participants.attendees',
  row: MappedRow,
): readonly string[] => eachOnce(peopleInText(valueOf(target, row)));

/** The names that are not blank, each once in any letter case, as first written. */
export function eachOnce(names: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const name of names)
    if (name !== '' && !byKey.has(name.toLowerCase())) byKey.set(name.toLowerCase(), name);
  return [...byKey.values()];
}
