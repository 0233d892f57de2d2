import { isAbsent, isRecord } from '../../requests/readers/scalar';

/** A JSON object before validation. */
export type InputObject = Readonly<Record<string, unknown>>;

/** A row merged with the batch's defaults. The row's own values win, property by property; lists are not merged. */
export function withDefaults(row: unknown, defaults: InputObject): unknown {
  if (!isRecord(row) || Object.keys(defaults).length === 0) return row;
  return merge(withoutOtherOrganizer(withoutOtherEnd(defaults, row), row), row);
}

/** Built from entries, not assignments, so that `__proto__` is a name like any other. */
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

/** Drops a default organizer if the row names a pool, and the other way round. */
function withoutOtherOrganizer(defaults: InputObject, row: InputObject): InputObject {
  const { organizer, organizerPool, ...others } = defaults;
  if (!isAbsent(row['organizerPool'])) return { ...others, organizerPool };
  return isAbsent(row['organizer']) ? defaults : { ...others, organizer };
}

/** Drops a default duration if the row has an end, and the other way round. */
function withoutOtherEnd(defaults: InputObject, row: InputObject): InputObject {
  const { durationMinutes, ...others } = defaults;
  const { meeting } = row;
  if (durationMinutes !== undefined && isRecord(meeting) && !isAbsent(meeting['endDateTime']))
    return others;
  if (isAbsent(row['durationMinutes']) || !isRecord(defaults['meeting'])) return defaults;
  const { endDateTime: _, ...meetingDefaults } = defaults['meeting'];
  return { ...defaults, meeting: meetingDefaults };
}
