import type { ColumnTarget } from '../../../src/requests/column-names';
import { calendarFields } from './fields';
import { withSource, type Mapping } from './mapping';

/** The rights of a user that decide about fields. */
interface Rights {
  readonly ownOnly: boolean;
  readonly pools: readonly string[];
  readonly hasCalendars: boolean;
}

/** The mapping without fields that this user is not asked for, even if the sheet has columns for them. */
export const onlyAllowed = (mapping: Mapping, rights: Rights): Mapping =>
  notAllowed(rights).reduce(
    (allowed, target) => withSource(allowed, target, { kind: 'none' }),
    mapping,
  );

const notAllowed = ({ ownOnly, pools, hasCalendars }: Rights): readonly ColumnTarget[] => [
  ...(pools.length === 0 ? (['organizerPool'] as const) : []),
  ...(ownOnly ? (['organizer'] as const) : []),
  ...(hasCalendars ? [] : calendarFields.map(({ target }) => target)),
];
