import type { ChosenFrom } from '../ledger';
import type { CallOptions, Clock, Random } from '../ports';
import { withRetries } from '../calls/retry';
import { monthOf, type OrganizerPools } from './organizer-pools';
import { rank } from './rank';
import { MeetingError, toMeetingError, withExecuted } from '../../errors/meeting-error';

/** The organizer chosen from a pool, and their number of meetings this month. */
interface Chosen {
  readonly id: string;
  readonly chosen: ChosenFrom;
  readonly meetings: number;
}

interface ChooseDependencies {
  readonly pools?: OrganizerPools | undefined;
  readonly clock: Clock;
  readonly random: Random;
}

interface PoolRequest {
  readonly organizerPool: string;
  readonly requestId: string;
}

/**
 * Chooses the first member in rank who may have another meeting this month. Writes nothing: the first attempt to record
 * its choice decides.
 * @throws MeetingError `organizerPoolNotFound`, `organizerPoolExhausted`, or as the ports; with no effect in Graph.
 */
export async function chooseOrganizer(
  { organizerPool, requestId }: PoolRequest,
  options: CallOptions,
  deps: ChooseDependencies,
): Promise<Chosen> {
  const { pools, clock } = deps;
  const members = await membersOf(organizerPool, options, deps);
  const month = monthOf(clock.now());
  const limit = pools?.maxMeetingsPerMonth ?? 0;
  for (const id of rank(members, requestId)) {
    const meetings = (await pools?.counts.read({ organizerId: id, month })) ?? 0;
    if (meetings < limit) return { id, chosen: { pool: organizerPool, month }, meetings };
  }
  throw exhausted({ pool: organizerPool, members: members.length, limit }, deps);
}

async function membersOf(
  pool: string,
  options: CallOptions,
  deps: ChooseDependencies,
): Promise<readonly string[]> {
  const { members } = deps.pools ?? {};
  const list = () => members?.list(pool, options) ?? Promise.resolve(undefined);
  try {
    const retrying = { repeatable: true, deadline: options.deadline };
    const found = await withRetries(list, retrying, deps);
    if (found !== undefined) return found;
  } catch (thrown) {
    throw withExecuted(toMeetingError(thrown), 'no');
  }
  throw unknownPool(pool, members?.names ?? []);
}

function unknownPool(pool: string, names: readonly string[]): MeetingError {
  const there =
    names.length === 0
      ? 'This app has no organizer pools.'
      : `Available pools: ${names.join(', ')}.`;
  return new MeetingError(
    'organizerPoolNotFound',
    `The organizer pool "${pool}" does not exist. ${there}`,
    { target: 'organizerPool' },
  );
}

/**
 * Maximum and minimum wait until an exhausted pool is tried again, in milliseconds: somebody may join it, or the limit
 * may be raised.
 */
const maxHoldMs = 60 * 60_000;
const minHoldMs = 30 * 60_000;

function exhausted(
  {
    pool,
    members,
    limit,
  }: { readonly pool: string; readonly members: number; readonly limit: number },
  { clock, random }: ChooseDependencies,
): MeetingError {
  const now = clock.now();
  const nextMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
  const holdMs = minHoldMs + random.random() * (maxHoldMs - minHoldMs);
  const why =
    members === 0
      ? `The organizer pool "${pool}" is empty.`
      : `Every member of the organizer pool "${pool}" has reached the limit of ${limit} meetings in a month.`;
  return new MeetingError('organizerPoolExhausted', why, {
    target: 'organizerPool',
    retryAfterMs: Math.round(Math.min(holdMs, nextMonth - now.getTime() + 1_000)),
  });
}
