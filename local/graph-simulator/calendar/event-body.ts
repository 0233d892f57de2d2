import type { GraphService } from '../call';
import type { StoredEvent } from './event-store';

/** The event in an answer. The link may appear later than the event: https://github.com/elie222/inbox-zero/pull/2652 */
export function toEventBody({ event, meeting }: StoredEvent, { tenant, now }: GraphService) {
  const { joinLinkAfterMs } = tenant.state.switches;
  const isLinked = now().getTime() >= Date.parse(event.createdDateTime) + joinLinkAfterMs;
  return {
    ...event,
    isOnlineMeeting: meeting !== undefined,
    onlineMeetingProvider: meeting === undefined ? 'unknown' : 'teamsForBusiness',
    onlineMeeting:
      meeting !== undefined && isLinked ? { joinUrl: meeting.meeting.joinWebUrl } : null,
    onlineMeetingUrl: null,
  };
}
