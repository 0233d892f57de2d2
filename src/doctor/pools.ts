import { failed, passed, unknown, type Finding } from './finding';
import type { GraphAnswer, Probes } from './probes';

/** The organizer pools, and the maximum number of meetings for each member in a calendar month. */
export interface PoolSettings {
  /** Object ids of groups, by the names of their pools. */
  readonly groups: Readonly<Record<string, string>>;
  readonly maxMeetingsPerMonth: number;
}

interface Members {
  readonly value?: readonly { readonly '@odata.type'?: string; readonly id: string }[];
}

/** Checks whether each organizer pool has organizers left. Reads up to 999 people of each. */
export const checkPools = (
  { groups, maxMeetingsPerMonth }: PoolSettings,
  probes: Pick<Probes, 'graph' | 'meetings'>,
): Promise<readonly Finding[]> =>
  Promise.all(
    Object.entries(groups).map(async ([name, group]) => {
      const pool = { name, group, limit: maxMeetingsPerMonth };
      const path = `/groups/${group}/members?$select=id&$top=999`;
      const answer = await probes.graph({ method: 'GET', path });
      const meetings = await probes.meetings(membersIn(answer));
      return diagnosePool(pool, answer, meetings);
    }),
  );

function membersIn(answer: GraphAnswer): readonly string[] {
  if (answer.kind === 'none' || answer.status !== 200) return [];
  const { value = [] } = answer.body as Members;
  return value
    .filter((member) => member['@odata.type'] === '#microsoft.graph.user')
    .map(({ id }) => id.toLowerCase());
}

interface Pool {
  readonly name: string;
  readonly group: string;
  readonly limit: number;
}

/** `meetings`: the number of meetings of each member this month; undefined if storage does not answer. */
function diagnosePool(
  { name, group, limit }: Pool,
  answer: GraphAnswer,
  meetings: readonly number[] | undefined,
): Finding {
  const check = `organizerPool.${name}`;
  if (answer.kind === 'none') return unknown(check, 'Microsoft Graph did not respond.');
  const { status } = answer;
  if (status === 403)
    return failed(check, 'The app is not allowed to read the members of this pool’s group.', {
      remedy:
        'Grant GroupMember.Read.All to the identity. A token issued before that stays cached for up to 24 hours.',
      command:
        'node infra/scripts/grant-graph-permissions.mjs --client-id $CONVOKE_IDENTITY_CLIENT_ID --organizer-pools',
      evidence: { status, group },
    });
  if (status === 404)
    return failed(check, 'No group has the object id of this pool.', {
      remedy: 'Correct the app setting ORGANIZER_POOLS.',
      evidence: { status, group },
    });
  if (status !== 200)
    return unknown(check, `Microsoft Graph returned ${status}.`, { evidence: { status, group } });
  const members = membersIn(answer).length;
  if (members === 0)
    return failed(check, 'The group of this pool is empty.', {
      remedy: 'Add users directly to the group. Members of nested groups do not count.',
      evidence: { group },
    });
  if (meetings === undefined)
    return unknown(check, `${areInPool(members)} Their meetings could not be read.`);
  return diagnoseMeetings(check, meetings, limit);
}

const areInPool = (members: number): string =>
  members === 1 ? '1 person is in this pool.' : `${members} people are in this pool.`;

function diagnoseMeetings(check: string, meetings: readonly number[], limit: number): Finding {
  const members = meetings.length;
  const atLimit = meetings.filter((count) => count >= limit).length;
  const sum = meetings.reduce((one, other) => one + other, 0);
  const evidence = { members, atLimit, meetings: sum, limit };
  if (atLimit < members)
    return passed(
      check,
      `${areInPool(members)} ${atLimit} of them ${atLimit === 1 ? 'has' : 'have'} reached the monthly limit.`,
      { evidence },
    );
  return failed(
    check,
    'Everybody in this pool has reached the monthly limit, so its requests are held back.',
    {
      remedy:
        'Add people to the group. Requests wait for at most REQUEST_MAX_AGE_HOURS, then fail with organizerPoolExhausted.',
      evidence,
    },
  );
}
