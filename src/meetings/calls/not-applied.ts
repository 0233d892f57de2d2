import { namesOf } from '../../requests/identity';
import type { Attendee, OnlineMeeting, OnlineMeetingInput } from '../../requests/online-meeting';
import { isRecord } from '../../requests/readers/scalar';
import { isSameTime } from '../../requests/time/time';

/**
 * Sorted JSON paths, inside the meeting, of the requested values that differ from Graph's answer. A value that the
 * answer omits is unknown, so it is included; null counts as off, none or empty. Indexes are those of the parsed
 * request.
 */
export function notApplied(requested: OnlineMeetingInput, returned: OnlineMeeting): string[] {
  const { participants, ...options } = requested;
  return [
    ...differences(options, returned, ''),
    ...missingAttendees(participants?.attendees ?? [], returned.participants?.attendees ?? []),
  ].sort();
}

/** Whether Graph's answer omits the property at this path. */
export function isSilentAbout(path: string, returned: OnlineMeeting): boolean {
  const [names = ''] = path.split('[', 1);
  let found: unknown = returned;
  for (const name of names.split('.')) {
    if (!isRecord(found)) return found === undefined;
    found = property(found, name);
  }
  return found === undefined;
}

const property = (of: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(of, name) ? of[name] : undefined;

/** A group that is null counts as having null for each of its properties. */
function differences(requested: object, returned: unknown, path: string): string[] {
  return Object.entries(requested).flatMap(([name, value]: [string, unknown]) => {
    if (value === undefined) return [];
    const at = path === '' ? name : `${path}.${name}`;
    const answer = isRecord(returned) ? property(returned, name) : returned;
    if (isRecord(value)) return differences(value, answer, at);
    return isSame(value, answer, name) ? [] : [at];
  });
}

function isSame(requested: unknown, returned: unknown, name: string): boolean {
  if (returned === undefined) return false;
  if (Array.isArray(requested))
    return isSameSet(requested, Array.isArray(returned) ? returned : []);
  if (typeof requested === 'boolean') return requested === (returned ?? false);
  if (typeof requested !== 'string' || typeof returned !== 'string') return requested === returned;
  if (name.endsWith('DateTime')) return isSameTime(requested, returned);
  return name === 'subject'
    ? requested === returned
    : requested.toLowerCase() === returned.toLowerCase();
}

function isSameSet(requested: readonly unknown[], returned: readonly unknown[]): boolean {
  const [expected, found] = [new Set(requested), new Set(returned)];
  return expected.size === found.size && [...expected].every((entry) => found.has(entry));
}

/** Graph returns attendees in its own order. */
function missingAttendees(requested: readonly Attendee[], returned: readonly unknown[]): string[] {
  const byName = new Map(
    returned
      .filter(isRecord)
      .flatMap((person) => namesOf(person).map((name) => [name, person] as const)),
  );
  return requested.flatMap((attendee, index) => {
    const at = `participants.attendees[${index}]`;
    const found = namesOf(attendee)
      .map((name) => byName.get(name))
      .find((person) => person !== undefined);
    if (found === undefined) return [at];
    const isSameRole =
      attendee.role === undefined || isSame(attendee.role, found['role'] ?? 'attendee', 'role');
    return isSameRole ? [] : [`${at}.role`];
  });
}
