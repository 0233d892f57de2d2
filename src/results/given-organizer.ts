import { cutText } from '../errors/cut-text';
import { maxAddressLength, maxPoolNameLength } from '../requests/limits';
import type { MeetingRequest } from '../requests/meeting-request';
import { isRecord } from '../requests/readers/scalar';
import type { MeetingResult } from './meeting-result';

type Organizer = MeetingResult['organizer'];

/** The organizer of a request as its result shows it; `id` once it is known. */
export const organizerOf = (
  { organizer, organizerPool }: Pick<MeetingRequest, 'organizer' | 'organizerPool'>,
  id: string | undefined,
): Organizer => ({
  given: organizer === '' ? null : organizer,
  ...(organizerPool !== undefined && { pool: organizerPool }),
  id: id ?? null,
});

/** The organizer in a request that was not validated. */
export function givenOrganizer(input: unknown): Organizer {
  const { organizer, organizerPool } = isRecord(input) ? input : {};
  return {
    given: typeof organizer === 'string' ? cutText(organizer, maxAddressLength) : null,
    ...(typeof organizerPool === 'string' && { pool: cutText(organizerPool, maxPoolNameLength) }),
    id: null,
  };
}
