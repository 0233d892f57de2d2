import type { GraphService } from '../call';
import { toEventBody } from './event-body';
import { eventChangeBody } from './event-schema';
import type { StoredEvent } from './event-store';
import { changeEvent, removeEvent } from './stored-events';

/** The events that exist now, with their meeting's lobby and the requests that led to each. */
export function listEvents(service: GraphService): object[] {
  return service.events.list().map((stored) => describeEvent(stored, service));
}

/**
 * Changes an event as its organizer could in Outlook.
 * @throws Error if there is no such event, or the change is not valid.
 */
export function changeInOutlook(id: string, json: unknown, service: GraphService): object {
  const stored = requireEvent(id, service);
  changeEvent(stored, eventChangeBody.parse(json), service);
  return describeEvent(stored, service);
}

/** Deletes an event as its organizer could in Outlook. @throws Error if there is no such event. */
export function deleteInOutlook(id: string, service: GraphService): object {
  removeEvent(requireEvent(id, service), service);
  return {};
}

function describeEvent(stored: StoredEvent, service: GraphService): object {
  const { organizer, meeting, changes, creationRequests } = stored;
  return {
    ...toEventBody(stored, service),
    organizerId: organizer.id,
    meetingId: meeting?.meeting.id ?? null,
    lobby: meeting?.meeting.lobbyBypassSettings.scope ?? null,
    changes,
    creationRequests,
  };
}

function requireEvent(id: string, { events }: GraphService): StoredEvent {
  const stored = events.byId(id);
  if (stored === undefined || stored.isDeleted)
    throw new Error(`There is no event ${JSON.stringify(id)}.`);
  return stored;
}
