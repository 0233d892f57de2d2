import { isAbsent, isRecord } from '../../requests/readers/scalar';

export type InputObject = Readonly<Record<string, unknown>>;

/** A row with the batch's defaults under it: what the row says itself goes first, down to single properties; lists are not mixed. */
export function withDefaults(row: unknown, defaults: InputObject): unknown {
  if (!isRecord(row) || Object.keys(defaults).length === 0) return row;
  return merge(withoutOtherOrganizer(withoutOtherEnd(defaults, row), row), row);
}

/** Entries and not assignments, so that a name such as `__proto__` stays a name. */
export const merge = (under: InputObject, over: InputObject): InputObject =>
  Object.fromEntries([
    ...Object.entries(under),
    ...Object.entries(over).flatMap(([name, value]): [string, unknown][] => {
      if (!Object.hasOwn(under, name)) return [[name, value]];
      const below = under[name];
      if (isAbsent(value)) return [];
      return [[name, isRecord(below) && isRecord(value) ? merge(below, value) : value]];
    }),
  ]);

/** A row that names a pool must not meet a default that names an organizer, nor the other way round. */
function withoutOtherOrganizer(defaults: InputObject, row: InputObject): InputObject {
  const { organizer, organizerPool, ...others } = defaults;
  if (!isAbsent(row['organizerPool'])) return { ...others, organizerPool };
  return isAbsent(row['organizer']) ? defaults : { ...others, organizer };
}

/** A row that says in one way when it ends must not meet a default that says it in the other. */
function withoutOtherEnd(defaults: InputObject, row: InputObject): InputObject {
  const { durationMinutes, ...others } = defaults;
  const { meeting } = row;
  if (durationMinutes !== undefined && isRecord(meeting) && !isAbsent(meeting['endDateTime']))
    return others;
  if (isAbsent(row['durationMinutes']) || !isRecord(defaults['meeting'])) return defaults;
  const { endDateTime: _, ...meetingDefaults } = defaults['meeting'];
  return { ...defaults, meeting: meetingDefaults };
}
