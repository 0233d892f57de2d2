import type { LookedUp } from '../attempt';
import type { OrganizerPools } from './organizer-pools';
import type { Problem } from '../../errors/meeting-error';

/** Share of the limit from which a preview warns. */
const nearLimit = 0.9;

/** The warning of a preview for an organizer from a pool who can have few more meetings this month. */
export function poolWarnings(
  organizer: LookedUp,
  pools: Pick<OrganizerPools, 'maxMeetingsPerMonth'> | undefined,
): readonly Problem[] {
  if ('error' in organizer || organizer.chosen === undefined || pools === undefined) return [];
  const { chosen, meetings = 0 } = organizer;
  const { maxMeetingsPerMonth: limit } = pools;
  if (meetings < nearLimit * limit) return [];
  return [
    {
      code: 'manyMeetings',
      target: 'organizerPool',
      message: `The organizer of the pool "${chosen.pool}" has ${meetings} of ${limit} meetings in ${chosen.month}. At the limit, the pool assigns a different organizer.`,
    },
  ];
}
