import { LRUCache } from 'lru-cache';
import { teamsIn } from '../../doctor/organizer';
import { MeetingError, toMeetingError } from '../../errors/meeting-error';
import type { CallOptions, Clock, OrganizerRights } from '../../meetings/ports';
import type { Graph } from './client';

/** Number of organizers remembered, and for how long in milliseconds: short, so that a newly granted policy is soon noticed. */
const capacity = 10_000;
const cacheTtlMs = 60_000;

/** Join link of a meeting that does not exist. A search for it passes the same checks as creating a meeting, and finds nothing. */
const noMeeting = (organizerId: string): string =>
  `https://teams.microsoft.com/l/meetup-join/19%3ameeting_convoke-check%40thread.v2/0?context=${encodeURIComponent(JSON.stringify({ Oid: organizerId }))}`;

/** Asks Graph with two calls that change nothing. If the app may not read licences, they count as unknown. */
export function makeOrganizerRights(graph: Graph, clock: Pick<Clock, 'now'>): OrganizerRights {
  const checks = new LRUCache<string, { readonly refusal: MeetingError | undefined }, CallOptions>({
    max: capacity,
    ttl: cacheTtlMs,
    ttlResolution: 0,
    perf: { now: () => clock.now().getTime() },
    fetchMethod: async (organizerId, _stale, { context }) => ({
      refusal: await findRefusal(organizerId, context, graph),
    }),
  });
  return {
    async check(organizerId, options) {
      const checked = await checks.fetch(organizerId, { context: options });
      if (checked?.refusal !== undefined) throw checked.refusal;
    },
  };
}

/** @throws MeetingError when Graph cannot tell now. */
async function findRefusal(
  organizerId: string,
  options: CallOptions,
  graph: Graph,
): Promise<MeetingError | undefined> {
  const user = `/users/${encodeURIComponent(organizerId)}`;
  const filter = encodeURIComponent(`JoinWebUrl eq '${noMeeting(organizerId)}'`);
  const [policy, licence] = await Promise.all([
    refusalOf(async () => {
      const path = `${user}/onlineMeetings?$filter=${filter}`;
      await graph({ method: 'GET', path, purpose: 'checkRights', options });
      return undefined;
    }),
    refusalOf(async () => {
      const path = `${user}/licenseDetails`;
      const { body } = await graph({ method: 'GET', path, purpose: 'readLicences', options });
      return teamsIn(body) === 'ready' ? undefined : withoutTeams();
    }),
  ]);
  return policy ?? licence;
}

const saysNothing = new Set<string>(['meetingNotFound', 'directoryPermissionMissing']);

/** A refusal that is about the organizer. @throws MeetingError for any other, since a later call may succeed. */
async function refusalOf(
  ask: () => Promise<MeetingError | undefined>,
): Promise<MeetingError | undefined> {
  try {
    return await ask();
  } catch (thrown) {
    const error = toMeetingError(thrown);
    if (saysNothing.has(error.code)) return undefined;
    if (error.retryable) throw error;
    return error;
  }
}

const withoutTeams = (): MeetingError =>
  new MeetingError('organizerNotLicensed', 'The organizer has no licence for Microsoft Teams.', {
    target: 'organizer',
  });
