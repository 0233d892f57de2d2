import type { CallOptions, Clock } from '../../meetings/ports';
import type { PoolMembers } from '../../meetings/pools/organizer-pools';
import type { Graph } from './client';
import { listIn } from './odata';

/** Maximum page size of Graph: https://learn.microsoft.com/graph/api/group-list-members */
const pageSize = 999;

/** With `GroupMember.Read.All` alone, Graph returns only these properties of a member. */
interface Member {
  readonly '@odata.type'?: string;
  readonly id: string;
}

interface Listed {
  readonly members: Promise<readonly string[]>;
  readonly until: number;
}

interface PoolMembersOptions {
  /** Object ids of groups, by the names of their pools. */
  readonly groups: Readonly<Record<string, string>>;
  /** Time to live of a list, in milliseconds. */
  readonly cacheMs: number;
  readonly clock: Pick<Clock, 'now'>;
}

/** Lists the users who are direct members of a pool's group. A failed read is not cached. */
export function makePoolMembers(
  graph: Graph,
  { groups, cacheMs, clock }: PoolMembersOptions,
): PoolMembers {
  const groupOf = new Map(
    Object.entries(groups).map(([name, group]) => [name.toLowerCase(), group] as const),
  );
  const lists = new Map<string, Listed>();

  async function membersOf(group: string, options: CallOptions): Promise<readonly string[]> {
    const now = clock.now().getTime();
    const known = lists.get(group);
    if (known !== undefined && now < known.until) return known.members;
    const listed = { members: listMembers(group, options, graph), until: now + cacheMs };
    lists.set(group, listed);
    try {
      return await listed.members;
    } catch (thrown) {
      if (lists.get(group) === listed) lists.delete(group);
      throw thrown;
    }
  }

  return {
    names: Object.keys(groups),
    async list(pool, options) {
      const group = groupOf.get(pool.toLowerCase());
      return group === undefined ? undefined : membersOf(group, options);
    },
  };
}

async function listMembers(
  group: string,
  { deadline, requestId }: CallOptions,
  graph: Graph,
): Promise<readonly string[]> {
  const first = `/groups/${encodeURIComponent(group)}/members?$select=id&$top=${pageSize}`;
  const ids: string[] = [];
  for (let path: string | undefined = first; path !== undefined;) {
    const options = { deadline, requestId };
    const answer = await graph({ method: 'GET', path, purpose: 'listMembers', options });
    const members = listIn(answer) as readonly Member[];
    ids.push(...members.filter(isUser).map(({ id }) => id.toLowerCase()));
    const { '@odata.nextLink': next } = answer.body as { readonly '@odata.nextLink'?: string };
    path = next === undefined ? undefined : pathIn(next);
  }
  return ids;
}

/** Nested groups, devices and apps cannot organize meetings. */
const isUser = (member: Member): boolean => member['@odata.type'] === '#microsoft.graph.user';

/** The path after the version in the address of the next page. */
const pathIn = (link: string): string => {
  const { pathname, search } = new URL(link);
  return `${pathname.replace(/^\/[^/]+/, '')}${search}`;
};
