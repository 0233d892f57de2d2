import { TableClient } from '@azure/data-tables';
import { Tenant } from '../local/graph-simulator';
import { makeOrganizerCounts } from '../src/adapters/storage/requests/organizer-counts';
import { requestsTable } from '../src/config/resource-names';
import { monthOf } from '../src/meetings/pools/organizer-pools';
import { poolName } from './plan/trial-request';

const group = 'dc17674c-81d9-4adb-bfb2-8f6a442e46fd';
const members = ['01', '02', '03'].map((end) => `dc17674c-81d9-4adb-bfb2-8f6a442e46${end}`);
const [almostFull = ''] = members.slice(1);
/** The most that the setting takes. */
const maxLimit = 2_000;
/** Of the meetings that one may have, for who has had nearly all of them before the trial. */
const maxRoomShare = 0.05;

/** Meetings that one of the pool may have. Two have room for all requests. */
export const limitFor = (requests: number): number => Math.min(requests, maxLimit);

/** What the operator sets. */
export const poolSettings = (requests: number): Readonly<Record<string, string>> => ({
  ORGANIZER_POOLS: `${poolName}=${group}`,
  ORGANIZER_MEETINGS_PER_MONTH: String(limitFor(requests)),
});

/** The tenant with this pool. After each change another member is missing, and who was missing is there again. */
export const tenantAfter = (changes: number): object => ({
  groups: [
    ...new Tenant().state.groups,
    {
      id: group,
      displayName: 'Trial pool',
      members: members.filter((_, place) => changes === 0 || place !== changes % members.length),
    },
  ],
});

/** Names of requests from before the trial, which one of the pool has organized. */
export const earlierRequests = (requests: number): readonly string[] =>
  Array.from(
    { length: Math.floor(limitFor(requests) * (1 - maxRoomShare)) },
    (_, place) => `earlier-${place}`,
  );

/** Counts those of before, so that the next in rank is chosen once the rest of the month's meetings is gone. */
export async function fillOne(connectionString: string, requests: number): Promise<void> {
  const options = { allowInsecureConnection: true };
  const table = TableClient.fromConnectionString(connectionString, requestsTable, options);
  const counts = makeOrganizerCounts(table);
  const counted = { organizerId: almostFull, month: monthOf(new Date()) };
  await Promise.all(earlierRequests(requests).map((id) => counts.add(counted, id)));
}
