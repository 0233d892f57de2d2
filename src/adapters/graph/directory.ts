import { LRUCache } from 'lru-cache';
import { MeetingError } from '../../errors/meeting-error';
import type { CallOptions, Directory } from '../../meetings/ports';
import { isGuid } from '../../requests/identity';
import type { Graph } from './client';
import { listIn, literal } from './odata';

/** Maximum number of cached names, about 200 bytes each. */
const capacity = 10_000;

interface User {
  readonly id?: string;
  readonly userPrincipalName?: string | null;
  /** `Guest` or `Member`: https://learn.microsoft.com/entra/external-id/user-properties */
  readonly userType?: string | null;
}

async function lookUp(
  graph: Graph,
  name: string,
  options: CallOptions,
): Promise<string | undefined> {
  const filter = encodeURIComponent(
    `userPrincipalName eq ${literal(name)} or mail eq ${literal(name)}`,
  );
  const path = `/users?$filter=${filter}&$select=id,userPrincipalName,userType&$top=5`;
  const answer = await graph({
    method: 'GET',
    path,
    purpose: 'findUser',
    options: { deadline: options.deadline, requestId: options.requestId },
  });
  const users = listIn(answer) as readonly User[];
  const exact = users.find((user) => user.userPrincipalName?.toLowerCase() === name.toLowerCase());
  if (exact === undefined && users.length > 1) throw ambiguous();
  const user = exact ?? users[0];
  if (user?.userType === 'Guest') throw guest();
  return user?.id;
}

const guest = (): MeetingError =>
  new MeetingError(
    'organizerNotFound',
    'The organizer is a guest, and guests cannot organize meetings.',
    {
      target: 'organizer',
      remedy: 'Specify a user of this tenant who is not a guest.',
    },
  );

const ambiguous = (): MeetingError =>
  new MeetingError('organizerNotFound', 'More than one user of the tenant has this address.', {
    target: 'organizer',
    remedy: 'Specify the user by object id or user principal name.',
  });

/** People in Microsoft Graph. Object ids are not looked up; names are cached for `cacheMs`. */
export function makeGraphDirectory(graph: Graph, cacheMs: number): Directory {
  // The cache allocates room for all names at once, so it waits for the first: an instance may only see object ids.
  let names: LRUCache<string, string, CallOptions> | undefined;
  const makeNames = (): LRUCache<string, string, CallOptions> =>
    new LRUCache({
      max: capacity,
      ttl: Math.max(cacheMs, 1),
      fetchMethod: (name, _stale, { context }) => lookUp(graph, name, context),
    });
  return {
    async findUserId(given, options) {
      if (isGuid(given)) return given.toLowerCase();
      names ??= makeNames();
      return names.fetch(given.toLowerCase(), { context: options });
    },
  };
}
