import * as z from 'zod';
import type { Problem } from '../../errors/meeting-error';
import { MeetingError } from '../../errors/meeting-error';
import { onlineMeetingInputSchema } from '../../requests/online-meeting';
import { nearestName, shorten } from '../../errors/problems';
import { meetingHints } from '../../requests/readers/meeting';
import { isAbsent } from '../../requests/readers/scalar';
import type { InputObject } from './defaults';
import { fromCell, resultColumnNames } from '../results/results-csv';

const besideMeeting = ['requestId', 'organizer', 'language', 'timeZone', 'durationMinutes'];
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);
/** As many as Excel's connector for flows gives: https://learn.microsoft.com/connectors/excelonlinebusiness */
const maxColumns = 500;
const maxHeaderLength = 32_000;

/** The JSON paths of everything that a cell can hold. */
function leavesOf(schema: z.core.$ZodType, path: string): string[] {
  if (schema instanceof z.ZodOptional) return leavesOf(schema.unwrap(), path);
  if (!(schema instanceof z.ZodObject)) return [path];
  return Object.entries(schema.shape).flatMap(([name, inner]) =>
    leavesOf(inner, path === '' ? name : `${path}.${name}`),
  );
}

const meetingLeaves = leavesOf(onlineMeetingInputSchema, '');

/** What a column may be called, in lower case, and where its cells go. */
const pathOfName: ReadonlyMap<string, string> = new Map(
  [
    ...[...meetingHints].map(([name, path]): [string, string] => [name, `meeting.${path}`]),
    ...meetingLeaves.map((path): [string, string] => [path, `meeting.${path}`]),
    ...meetingLeaves.map((path): [string, string] => [`meeting.${path}`, `meeting.${path}`]),
    ...besideMeeting.map((name): [string, string] => [name, name]),
  ].map(([name, path]) => [name.toLowerCase(), path]),
);

/** Parts of a JSON path that lead to something of ours; a column that begins so is not one of the caller's own. */
const ownRoots = new Set([...pathOfName.keys()].map((name) => name.split('.')[0] ?? ''));

interface Column {
  readonly place: number;
  readonly path: readonly string[];
}

/** What the columns of a sheet mean. */
export interface CsvHeader {
  readonly names: readonly string[];
  readonly columns: readonly Column[];
}

/** @throws MeetingError `invalidRequest` naming every column that cannot be what it is called. */
export function readHeader(
  names: readonly string[],
  placeOf = (place: number): string => shorten(names[place] ?? ''),
): CsvHeader {
  const problems: Problem[] = [];
  const columns: Column[] = [];
  const places = new Map<string, string>();
  for (const [place, name] of names.entries()) {
    const path = pathOfName.get(name.trim().toLowerCase());
    const problem = path === undefined ? problemWith(name) : conflict(name, places.get(path));
    if (problem !== undefined) problems.push({ ...problem, target: placeOf(place) });
    if (path === undefined || problem !== undefined) continue;
    places.set(path, name);
    columns.push({ place, path: path.split('.') });
  }
  if (problems.length === 0) problems.push(...problemsWithWhole(names, columns));
  if (problems.length > 0) throw refuse(problems);
  return { names, columns };
}

/** How many of the names are those of columns of ours. */
export const countKnown = (names: readonly string[]): number =>
  names.filter((name) => pathOfName.has(name.trim().toLowerCase())).length;

/** A name that means nothing here belongs to the caller, unless it looks like a slip of the pen. */
function problemWith(name: string): Problem | undefined {
  if (resultColumnNames.has(name.trim().toLowerCase())) return undefined;
  const parts = name.trim().toLowerCase().split('.');
  if (parts.some((part) => forbidden.has(part))) {
    return {
      code: 'unknownProperty',
      target: shorten(name),
      message: 'A column cannot be called so.',
    };
  }
  const meant = nearestName(name.trim(), pathOfName.keys());
  const isOwn = meant === undefined && (parts.length === 1 || !ownRoots.has(parts[0] ?? ''));
  if (isOwn) return undefined;
  const path = meant === undefined ? undefined : pathOfName.get(meant);
  const hint =
    path === undefined ? '' : ` Did you mean ${path}? A column of your own needs another name.`;
  return {
    code: 'unknownProperty',
    target: shorten(name),
    message: `There is no property "${shorten(name)}".${hint}`,
  };
}

const conflict = (name: string, other: string | undefined): Problem | undefined =>
  other === undefined
    ? undefined
    : {
        code: 'conflicting',
        target: shorten(name),
        message: `The column "${shorten(other)}" says the same.`,
      };

function problemsWithWhole(names: readonly string[], columns: readonly Column[]): Problem[] {
  const tooWide = names.length > maxColumns || JSON.stringify(names).length > maxHeaderLength;
  if (tooWide)
    return [
      {
        code: 'tooMany',
        target: '$',
        message: `There are more than ${maxColumns} columns, or their names are too long.`,
      },
    ];
  if (columns.length > 0) return [];
  const message =
    'The first row must name the columns, such as organizer, subject and startDateTime; none of its cells is such a name.';
  return [{ code: 'missing', target: '$', message }];
}

function refuse(problems: readonly Problem[]): MeetingError {
  const [first] = problems;
  const message = `The header row is wrong: ${first?.target ?? ''}: ${first?.message ?? ''}`;
  return new MeetingError('invalidRequest', message, { target: first?.target, details: problems });
}

/** The request that a row of cells says. Only names of ours become properties. */
export function toInput({ columns }: CsvHeader, cells: readonly string[]): InputObject {
  const input: Record<string, unknown> = {};
  for (const { place, path } of columns) {
    const cell = fromCell(cells[place] ?? '');
    if (!isAbsent(cell)) put(input, path, cell);
  }
  return input;
}

function put(
  object: Record<string, unknown>,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): void {
  if (rest.length === 0) object[name] = value;
  else put((object[name] ??= {}) as Record<string, unknown>, rest, value);
}

/** The place of the column that a JSON path belongs to, from 0. */
export const placeOfTarget = ({ columns }: CsvHeader, target: string): number | undefined =>
  columns.find(({ path }) => {
    const joined = path.join('.');
    return target === joined || target.startsWith(`${joined}.`) || target.startsWith(`${joined}[`);
  })?.place;

/** The column that a JSON path belongs to; the path itself when there is none. */
export function columnOf(header: CsvHeader, target: string): string {
  const place = placeOfTarget(header, target);
  return place === undefined ? target : (header.names[place] ?? target);
}

/** Defaults in the form of columns, such as the query of a URL has them; other names are left alone. */
export function toDefaults(entries: Iterable<readonly [string, string]>): InputObject {
  const input: Record<string, unknown> = {};
  for (const [name, value] of entries) {
    const path = pathOfName.get(name.toLowerCase());
    if (path !== undefined && path !== 'requestId' && !isAbsent(value))
      put(input, path.split('.'), value);
  }
  return input;
}
