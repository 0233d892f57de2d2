import type { ColumnTarget } from '../../../src/requests/column-names';
import { ordersOf, type LoadedSheet } from '../sheet/loaded-sheet';
import { allFields } from './fields';
import { sourceOf } from './mapping';

/** The values still missing before the rows can be checked. */
export type Missing = ColumnTarget | 'durationOrEnd' | 'dateOrder';

/** One of these says when a meeting ends. */
const ends: readonly ColumnTarget[] = ['durationMinutes', 'meeting.endDateTime', 'endTime'];

/** Lists what is missing. With `ownOnly`, the user is the organizer of every row. */
export function missingIn(
  { mapping, body }: Pick<LoadedSheet, 'mapping' | 'body'>,
  ownOnly: boolean,
): readonly Missing[] {
  const isThere = (target: ColumnTarget): boolean => {
    const source = sourceOf(mapping, target);
    return source.kind === 'column' || (source.kind === 'text' && source.text.trim() !== '');
  };
  const hasOrganizer = ownOnly || isThere('organizerPool');
  const needed = allFields
    .filter(({ isNeeded, target }) => isNeeded && !(hasOrganizer && target === 'organizer'))
    .map(({ target }) => target);
  return [
    ...needed.filter((target) => !isThere(target)),
    ...(ends.some(isThere) ? [] : (['durationOrEnd'] as const)),
    ...(mapping.dateOrder === undefined && ordersOf(body, mapping) !== undefined
      ? (['dateOrder'] as const)
      : []),
  ];
}
