import type { Outcome } from '../api/answers';
import { eachOnce, invitedIn, isInCalendar, peopleOf } from '../columns/rows/people';
import { valueOf } from '../columns/rows/value-of';
import { startsOf } from '../columns/time/starts';
import type { Checked } from './check/checked';

/** What sending a checked sheet does. */
export interface Summary {
  /** Number of rows that are sent without errors. */
  readonly rows: number;
  readonly made: number;
  readonly changed: number;
  readonly cancelled: number;
  readonly unchanged: number;
  /** Each person and each pool once. */
  readonly organizers: readonly string[];
  /** When the meetings that are made or changed start, earliest first, in UTC. */
  readonly starts: readonly string[];
  /** Number of invitations by mail to new meetings. */
  readonly invited: number;
  /** Whether meetings in calendars are changed or cancelled: Outlook then decides who gets mail. */
  readonly isOutlookTelling: boolean;
}

/** Sums up what happens to the rows that are right. */
export function summaryOf({ sheet, wrongRows, outcomes }: Checked): Summary {
  const rows = sheet.body.filter(({ row }) => !wrongRows.has(row));
  const withOutcome = (...wanted: readonly Outcome[]): typeof rows =>
    rows.filter(({ row }) => wanted.some((outcome) => outcomes.get(row) === outcome));
  const organizers = rows.flatMap((row) => peopleOf('organizer', { ...sheet, row }));
  const pools = rows.map((row) => valueOf('organizerPool', { ...sheet, row }));
  const count = (outcome: Outcome): number => withOutcome(outcome).length;
  const timed = withOutcome('create', 'update');
  const known = withOutcome('update', 'cancel');
  return {
    rows: rows.length,
    made: count('create'),
    changed: count('update'),
    cancelled: count('cancel'),
    unchanged: count('unchanged'),
    organizers: [...eachOnce(organizers), ...eachOnce(pools)],
    starts: startsOf({ ...sheet, body: timed }),
    invited: withOutcome('create').flatMap((row) => invitedIn({ ...sheet, row })).length,
    isOutlookTelling: known.some((row) => isInCalendar({ ...sheet, row })),
  };
}
