import { MeetingError } from '../../errors/meeting-error';
import type {
  CalendarEvent,
  CalendarProvider,
  EventAnswer,
} from '../../meetings/calendar-provider';
import type { Graph } from './client';
import { answerToError, codeOf, type GraphResponse } from './errors';
import { listIn } from './odata';
import { eventProperties, keyProperty, readEvent, toEvent, toNewEvent } from './event-body';

const collection = (organizerId: string): string =>
  `/users/${encodeURIComponent(organizerId)}/events`;

const place = (organizerId: string, eventId: string): string =>
  `${collection(organizerId)}/${encodeURIComponent(eventId)}`;

/** https://learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-get. Keys are base64url, so nothing needs escaping. */
const filterFor = (key: string): string =>
  encodeURIComponent(
    `singleValueExtendedProperties/Any(ep: ep/id eq '${keyProperty}' and ep/value eq '${key}')`,
  );

function eventIn({ body }: GraphResponse): CalendarEvent {
  const event = readEvent(body);
  if (event !== undefined) return event;
  throw new MeetingError('graphUnavailable', 'Microsoft Graph did not return an event.', {
    executed: 'unknown',
  });
}

/** Exchange returns either status, with or without the id: https://github.com/alcionai/corso/issues/2490 */
function duplicateIn({ status, body }: GraphResponse): EventAnswer | undefined {
  const isDuplicate = status >= 400 && codeOf(body) === 'ErrorDuplicateTransactionId';
  if (!isDuplicate) return undefined;
  const { error } = body as { readonly error: Readonly<Record<string, unknown>> };
  const eventId = error['@event.existingEventId'];
  return { kind: 'duplicate', ...(typeof eventId === 'string' && { eventId }) };
}

/** Calendars in Microsoft Graph: https://learn.microsoft.com/graph/api/resources/event */
export function makeGraphCalendars(graph: Graph): CalendarProvider {
  return {
    async createEvent(organizerId, event, options) {
      const answer = await graph({
        method: 'POST',
        path: collection(organizerId),
        purpose: 'createEvent',
        body: toNewEvent(event),
        accepts: [400, 409],
        options,
      });
      const duplicate = duplicateIn(answer);
      if (duplicate !== undefined) return duplicate;
      if (answer.status >= 400) throw answerToError(answer, 'createEvent');
      return { kind: 'event', event: eventIn(answer) };
    },
    async findEvent(organizerId, key, options) {
      const path = `${collection(organizerId)}?$filter=${filterFor(key)}&$select=${eventProperties}`;
      const answer = await graph({ method: 'GET', path, purpose: 'readEvent', options });
      return readEvent(listIn(answer)[0]);
    },
    async getEvent(organizerId, eventId, options) {
      const path = `${place(organizerId, eventId)}?$select=${eventProperties}`;
      return eventIn(await graph({ method: 'GET', path, purpose: 'readEvent', options }));
    },
    async updateEvent(organizerId, eventId, { change, options }) {
      const path = place(organizerId, eventId);
      const body = toEvent(change);
      return eventIn(await graph({ method: 'PATCH', path, purpose: 'updateEvent', body, options }));
    },
    async cancelEvent(organizerId, eventId, { comment, options }) {
      const path = `${place(organizerId, eventId)}/cancel`;
      const body = comment === undefined ? {} : { comment };
      await graph({ method: 'POST', path, purpose: 'cancelEvent', body, options });
    },
    async deleteEvent(organizerId, eventId, options) {
      const path = place(organizerId, eventId);
      await graph({ method: 'DELETE', path, purpose: 'deleteEvent', options });
    },
  };
}
