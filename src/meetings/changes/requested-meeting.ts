import { notApplied } from '../calls/not-applied';
import {
  createOnlyProperties,
  patchableProperties,
  type OnlineMeeting,
  type OnlineMeetingInput,
} from '../../requests/online-meeting';
import { isRecord } from '../../requests/readers/scalar';

type PropertyName = keyof OnlineMeetingInput;

/**
 * The meeting with a change applied. Merges single settings into their group, because Graph replaces whole groups. A
 * list of attendees replaces the whole list.
 */
export function withChange(
  requested: OnlineMeetingInput,
  change: OnlineMeetingInput,
): OnlineMeetingInput {
  const changed = Object.entries(change).map(([name, value]: [string, unknown]) => {
    const before: unknown = requested[name as PropertyName];
    return [name, isRecord(before) && isRecord(value) ? { ...before, ...value } : value];
  });
  return { ...requested, ...(Object.fromEntries(changed) as OnlineMeetingInput) };
}

/** The properties that differ in either direction: an extra attendee is a difference too. */
export const differingProperties = (
  requested: OnlineMeetingInput,
  found: OnlineMeeting | OnlineMeetingInput,
): PropertyName[] =>
  (Object.keys(requested) as PropertyName[]).filter(
    (name) =>
      notApplied({ [name]: requested[name] }, found as OnlineMeeting).length > 0 ||
      (name === 'participants' && attendeesOf(requested) < attendeesOf(found)),
  );

const attendeesOf = ({ participants }: OnlineMeeting | OnlineMeetingInput): number =>
  participants?.attendees?.length ?? 0;

/** Picks whole properties. Includes both times or none, as Graph requires. */
export function pick(
  meeting: OnlineMeetingInput,
  names: readonly PropertyName[],
): OnlineMeetingInput {
  const times = names.some((name) => timeNames.includes(name)) ? timeNames : [];
  const all = [...new Set([...names, ...times])];
  return Object.fromEntries(
    all.filter((name) => meeting[name] !== undefined).map((name) => [name, meeting[name]]),
  );
}

/** Removes properties whose values are unknown. */
export const without = <T extends object>(given: T, names: readonly string[]): Partial<T> =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name))) as Partial<T>;

const timeNames: readonly PropertyName[] = ['startDateTime', 'endDateTime'];

/** Whether Graph's update can change the property. */
export const isPatchable = (name: PropertyName): boolean =>
  (patchableProperties as readonly string[]).includes(name);

/** Whether Graph takes the property only when it makes the meeting. */
export const isCreateOnly = (name: PropertyName): boolean =>
  (createOnlyProperties as readonly string[]).includes(name);

/** Adds the default role, attendee, so that requests with and without it are equal. */
export function withRoles(meeting: OnlineMeetingInput): OnlineMeetingInput {
  const attendees = meeting.participants?.attendees;
  if (attendees === undefined) return meeting;
  const named = attendees.map((person) => ({ ...person, role: person.role ?? 'attendee' }));
  return { ...meeting, participants: { ...meeting.participants, attendees: named } };
}
