import {
  columnNames,
  possibleColumns,
  type ColumnTarget,
} from '../../../../src/requests/column-names';
import { plainName } from '../../../../src/requests/plain-name';
import { allFields } from '../fields';

const targets = allFields.map(({ target }) => target);
/** A column of days is the start; the time may be in a separate column. */
const fieldFor: Partial<Record<ColumnTarget, ColumnTarget>> = { date: 'meeting.startDateTime' };

const targetByName: ReadonlyMap<string, ColumnTarget> = new Map([
  ...targets.flatMap((target): [string, ColumnTarget][] => [
    [plainName(target), target],
    [plainName(target.replace('meeting.', '')), target],
    [plainName(target.split('.').at(-1) ?? ''), target],
  ]),
  ...(Object.entries(columnNames) as [ColumnTarget, readonly string[]][]).flatMap(
    ([target, names]) =>
      names.map((name): [string, ColumnTarget] => [plainName(name), fieldFor[target] ?? target]),
  ),
]);

const possibleByName: ReadonlyMap<string, readonly ColumnTarget[]> = new Map(
  possibleColumns.flatMap(({ names, targets: possible }) =>
    names.map((name): [string, readonly ColumnTarget[]] => [plainName(name), possible]),
  ),
);

/** The target of a column with this name, which need not be a field of the page; undefined if the name is unknown. */
export const meaningOf = (name: string): ColumnTarget | undefined =>
  targetByName.get(plainName(name));

/** The possible targets of a column with this name, if no other column has them. */
export const possibleMeaningsOf = (name: string): readonly ColumnTarget[] =>
  possibleByName.get(plainName(name)) ?? [];

/** Whether a name says something about its column. */
export const isKnownName = (name: string): boolean =>
  meaningOf(name) !== undefined || possibleMeaningsOf(name).length > 0;
