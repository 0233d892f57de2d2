import { TableClient } from '@azure/data-tables';
import { Tenant } from '../local/graph-simulator';
import { makeOrganizerCounts } from '../src/adapters/storage/requests/organizer-counts';
import { requestsTable } from '../src/config/resource-names';
import { monthOf } from '../src/meetings/pools/organizer-pools';
import { poolName } from './plan/trial-request';

const group = 'dc17674c-81d9-4adb-bfb2-8f6a442e46fd';
const members = ['01', '02', '03'].map((end) => `dc17674c-81d9-4adb-bfb2-8f6a442e46${end}`);
const [almostFull = ''] = members.slice(1);
/** Maximum of the setting. */
const maxLimit = 2_000;
/** Share of meetings left for the member who has had nearly all of them before the trial. */
const maxRoomShare = 0.05;

/** Maximum number of meetings of a member. Two members have room for all requests. */
const limitFor = (requests: number): number => Math.min(requests, maxLimit);

/** The operator's settings for the pool. */
export const poolSettings = (requests: number): Readonly<Record<string, string>> => ({
  ORGANIZER_POOLS: `${poolName}=${group}`,
  ORGANIZER_MEETINGS_PER_MONTH: String(limitFor(requests)),
});

/** The tenant with this pool. After each change another member is missing and the previous one is back. */
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

/** Names of earlier requests, organized by one member of the pool. */
export const earlierRequests = (requests: number): readonly string[] =>
  Array.from(
    { length: Math.floor(limitFor(requests) * (1 - maxRoomShare)) },
    (_, place) => `earlier-${place}`,
  );

/** Counts the earlier requests, so that the next in rank is chosen once the member has reached the limit. */
export async function fillOne(connectionString: string, requests: number): Promise<void> {
  const options = { allowInsecureConnection: true };
  const table = TableClient.fromConnectionString(connectionString, requestsTable, options);
  const counts = makeOrganizerCounts(table);
  const counted = { organizerId: almostFull, month: monthOf(new Date()) };
  await Promise.all(earlierRequests(requests).map((id) => counts.add(counted, id)));
}
