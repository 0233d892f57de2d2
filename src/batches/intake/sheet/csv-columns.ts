import * as z from 'zod';
import { calendarProperties } from '../../../requests/calendar';
import { columnNames, possibleColumns, type ColumnTarget } from '../../../requests/column-names';
import { onlineMeetingInputSchema } from '../../../requests/online-meeting';
import { besideMeeting } from '../../../requests/parse/parse-meeting-request';
import { plainName } from '../../../requests/plain-name';
import { meetingHints } from '../../../requests/readers/meeting';

/** The JSON paths of all properties that a cell can hold. */
function leavesOf(schema: z.core.$ZodType, path: string): string[] {
  if (schema instanceof z.ZodOptional) return leavesOf(schema.unwrap(), path);
  if (!(schema instanceof z.ZodObject)) return [path];
  return Object.entries(schema.shape).flatMap(([name, inner]) =>
    leavesOf(inner, path === '' ? name : `${path}.${name}`),
  );
}

const meetingLeaves = leavesOf(onlineMeetingInputSchema, '');

/** JSON paths by the names of properties, in lower case, with and without `meeting.`. */
export const pathOfProperty: ReadonlyMap<string, string> = new Map(
  [
    ...[...meetingHints].map(([name, path]): [string, string] => [name, `meeting.${path}`]),
    ...meetingLeaves.map((path): [string, string] => [path, `meeting.${path}`]),
    ...meetingLeaves.map((path): [string, string] => [`meeting.${path}`, `meeting.${path}`]),
    ...besideMeeting.map((name): [string, string] => [name, name]),
    // Without `calendar.`, a column such as calendar or location is the caller's own.
    ...calendarProperties.map((name): [string, string] => [`calendar.${name}`, `calendar.${name}`]),
  ].map(([name, path]) => [name.toLowerCase(), path]),
);

const targetOfWord: ReadonlyMap<string, string> = new Map(
  Object.entries(columnNames).flatMap(([target, names]) =>
    names.map((name): [string, string] => [plainName(name), target]),
  ),
);

const possibleTargets: ReadonlyMap<string, readonly ColumnTarget[]> = new Map(
  possibleColumns.flatMap(({ names, targets }) =>
    names.map((name): [string, readonly ColumnTarget[]] => [plainName(name), targets]),
  ),
);

/** The JSON path of a property with exactly this name. */
export const pathOf = (name: string): string | undefined =>
  pathOfProperty.get(name.trim().toLowerCase());

/** The target of a column with this name, if the name has one meaning: a JSON path, or a part of a time. */
export const targetOf = (name: string): string | undefined =>
  pathOf(name) ?? targetOfWord.get(plainName(name));

/** Possible targets of a column with this name, if no other column has them. */
export const possibleTargetsOf = (name: string): readonly string[] =>
  possibleTargets.get(plainName(name)) ?? [];

/** Minimum length of a word for typo suggestions: shorter words are too similar to each other. */
const minWordLength = 6;

/** Words used for typo suggestions. */
export const longWords: readonly string[] = [...targetOfWord.keys()].filter(
  (word) => word.length >= minWordLength,
);

/** Returns the target of one of `longWords`. */
export const targetOfWordLike = (word: string): string | undefined => targetOfWord.get(word);

/** Targets that several columns may share: their cells are joined. */
export const isShared = (target: string): boolean => target === 'meeting.participants.attendees';
