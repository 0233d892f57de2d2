import { MeetingError, type Problem } from '../../../errors/meeting-error';
import { nearestName, shorten } from '../../../errors/problems';
import { plainName } from '../../../requests/plain-name';
import { isAbsent } from '../../../requests/readers/scalar';
import type { CsvForm } from '../../batch';
import { placesOfEarlierResults } from '../../results/earlier-results';
import { addedNames } from '../../results/result-columns';
import { fromCell } from '../../results/csv-cell';
import {
  isShared,
  longWords,
  pathOfProperty,
  pathOf,
  possibleTargetsOf,
  targetOf,
  targetOfWordLike,
} from './csv-columns';
import type { InputObject } from '../defaults';
import { putTimes, timeTargets } from './time-columns';

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);
/**
 * Maximum number of columns; Excel's connector for flows returns as many:
 * https://learn.microsoft.com/connectors/excelonlinebusiness
 */
const maxColumns = 500;
const maxHeaderLength = 32_000;

/** First parts of our JSON paths. A column whose name begins with one is not the caller's own. */
const ownRoots = new Set([...pathOfProperty.keys()].map((name) => name.split('.')[0] ?? ''));

/** A column that Convoke reads; `place` from 0. */
export interface Column {
  readonly place: number;
  /** A JSON path of a request, or a part of a time. */
  readonly target: string;
}

/** The columns of a sheet and their targets. */
export interface CsvHeader {
  readonly names: readonly string[];
  readonly columns: readonly Column[];
  /** Names of the caller's own columns. */
  readonly unused: readonly string[];
}

/** @throws MeetingError `invalidRequest` naming every column with a wrong name. */
export function readHeader(
  names: readonly string[],
  placeOf = (place: number): string => shorten(names[place] ?? ''),
): CsvHeader {
  const problems: Problem[] = [];
  const columns: Column[] = [];
  const unused: string[] = [];
  const found = new Map<string, string>();
  const exact = new Set(names.map(pathOf));
  const plain = new Set(names.map(targetOf));
  const earlier = placesOfEarlierResults(names);
  for (const [place, name] of names.entries()) {
    const target = pathOf(name) ?? wordTarget(name, exact) ?? onlyPossible(name, plain);
    const problem =
      target === undefined ? problemWith(name, plain) : conflict(name, found.get(target));
    if (problem !== undefined) problems.push({ ...problem, target: placeOf(place) });
    else if (target !== undefined) columns.push({ place, target });
    else if (name.trim() !== '' && !earlier.has(place)) unused.push(name);
    if (target !== undefined && !isShared(target)) found.set(target, name);
  }
  if (problems.length === 0) problems.push(...problemsWithWhole(names, columns));
  if (problems.length > 0) throw refuse(problems);
  return { names, columns, unused };
}

/** The form of a sheet with this header, for its results. */
export function toForm({ names, columns }: CsvHeader, delimiter: string): CsvForm {
  const id = columns.find(({ target }) => target === 'requestId');
  return { delimiter, header: names, ...(id !== undefined && { idColumn: id.place + 1 }) };
}

/** The number of names that Convoke knows. */
export const countKnown = (names: readonly string[]): number =>
  names.filter((name) => targetOf(name) !== undefined).length;

/** If one column has the exact name of a property, a column with a synonym of it is the caller's own. */
function wordTarget(name: string, exact: ReadonlySet<string | undefined>): string | undefined {
  const target = targetOf(name);
  return target !== undefined && (isShared(target) || !exact.has(target)) ? target : undefined;
}

const leftOver = (name: string, taken: ReadonlySet<string | undefined>): readonly string[] =>
  possibleTargetsOf(name).filter((target) => !taken.has(target));

function onlyPossible(name: string, taken: ReadonlySet<string | undefined>): string | undefined {
  const [target, ...others] = possibleTargetsOf(name);
  return others.length > 0 || taken.has(target) ? undefined : target;
}

/** An unknown name belongs to the caller, unless it looks like a typo of ours. */
function problemWith(name: string, taken: ReadonlySet<string | undefined>): Problem | undefined {
  if (addedNames.has(name.trim().toLowerCase()) || targetOf(name) !== undefined) return undefined;
  const parts = name.trim().toLowerCase().split('.');
  if (parts.some((part) => forbidden.has(part)))
    return unknown(name, 'This column name is not allowed.');
  const left = leftOver(name, taken);
  if (left.length > 0)
    return unknown(
      name,
      `"${shorten(name)}" could mean ${left.join(' or ')}. Use one of these names, or rename the column.`,
    );
  const meant = nearestTarget(name);
  const isOwn = meant === undefined && (parts.length === 1 || !ownRoots.has(parts[0] ?? ''));
  if (isOwn) return undefined;
  const hint =
    meant === undefined
      ? ''
      : ` Did you mean ${meant}? If this column is for your own use, rename it.`;
  return unknown(name, `The property "${shorten(name)}" does not exist.${hint}`);
}

const unknown = (name: string, message: string): Problem => ({
  code: 'unknownProperty',
  target: shorten(name),
  message,
});

function nearestTarget(name: string): string | undefined {
  const property = nearestName(name.trim(), pathOfProperty.keys());
  if (property !== undefined) return pathOfProperty.get(property);
  const word = nearestName(plainName(name), longWords);
  return word === undefined ? undefined : targetOfWordLike(word);
}

const conflict = (name: string, other: string | undefined): Problem | undefined =>
  other === undefined
    ? undefined
    : {
        code: 'conflicting',
        target: shorten(name),
        message: `Duplicate of the column "${shorten(other)}".`,
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
  const given = names.slice(0, 10).map((name) => `"${shorten(name)}"`);
  const message = `The first row must contain column names, such as organizer, subject and start. It contains ${given.join(', ')}.`;
  return [{ code: 'missing', target: '$', message }];
}

function refuse(problems: readonly Problem[]): MeetingError {
  const [first] = problems;
  const message = `The header row is not valid: ${first?.target ?? ''}: ${first?.message ?? ''}`;
  return new MeetingError('invalidRequest', message, { target: first?.target, details: problems });
}

/** The request in a row of cells. Only columns that Convoke knows become properties. */
export function toInput({ columns }: CsvHeader, cells: readonly string[]): InputObject {
  const input: Record<string, unknown> = {};
  const times = new Map<string, string>();
  for (const { place, target } of columns) {
    const cell = fromCell(cells[place] ?? '');
    if (isAbsent(cell)) continue;
    if (timeTargets.has(target)) times.set(target, cell);
    else put(input, target.split('.'), cell);
  }
  putTimes(times, (target, value) => put(input, target.split('.'), value));
  return input;
}

/** A second value for the same path becomes another list item. */
function put(
  object: Record<string, unknown>,
  [name = '', ...rest]: readonly string[],
  value: string,
): void {
  if (rest.length > 0) put((object[name] ??= {}) as Record<string, unknown>, rest, value);
  else object[name] = Object.hasOwn(object, name) ? `${String(object[name])}; ${value}` : value;
}

/** The JSON path of a column's cells; several columns may form one time. */
export const pathOfColumn = ({ target }: Column): string => timeTargets.get(target) ?? target;

/** The indexes, from 0, of the columns of a JSON path. */
export const placesOf = ({ columns }: CsvHeader, target: string): readonly number[] =>
  columns
    .filter((column) => {
      const path = pathOfColumn(column);
      return target === path || target.startsWith(`${path}.`) || target.startsWith(`${path}[`);
    })
    .map(({ place }) => place);

/** The names of the columns of a JSON path; the path itself if it has none. */
export function columnOf(header: CsvHeader, target: string): string {
  const places = placesOf(header, target);
  return places.length === 0 ? target : places.map((place) => header.names[place] ?? '').join(', ');
}

/** The names that `toDefaults` takes, in the spelling of these, where they have one of its own. */
export function defaultNames(given: Iterable<string>): readonly string[] {
  const spelled = [...given].filter((name) => pathOfProperty.has(name.toLowerCase()));
  return [...spelled, ...pathOfProperty.values()].filter((name) => name !== 'requestId');
}

/** Defaults given as column names and values, such as in the query of a URL. Ignores other names. */
export function toDefaults(entries: Iterable<readonly [string, string]>): InputObject {
  const input: Record<string, unknown> = {};
  for (const [name, value] of entries) {
    const path = pathOfProperty.get(name.toLowerCase());
    if (path !== undefined && path !== 'requestId' && !isAbsent(value))
      put(input, path.split('.'), value);
  }
  return input;
}
