import { MeetingError } from '../../errors/meeting-error';
import type {
  FoundMeetings,
  MeetingKey,
  MeetingProvider,
  StoredMeeting,
} from '../../meetings/ports';
import type { Graph } from './client';
import type { GraphResponse } from './errors';
import { listIn, literal } from './odata';

const collection = (organizerId: string): string =>
  `/users/${encodeURIComponent(organizerId)}/onlineMeetings`;

const place = (organizerId: string, meetingId: string): string =>
  `${collection(organizerId)}/${encodeURIComponent(meetingId)}`;

const filterFor = ({ property, value }: MeetingKey): string =>
  encodeURIComponent(`${property} eq ${literal(value)}`);

/** A meeting always has an id; an answer without one belongs to something else. */
function meetingIn({ body }: GraphResponse): StoredMeeting {
  const meeting = body as StoredMeeting | null;
  if (typeof meeting?.id === 'string') return meeting;
  throw new MeetingError('graphUnavailable', 'Microsoft Graph did not return a meeting.', {
    executed: 'unknown',
  });
}

/** Online meetings in Microsoft Graph: https://learn.microsoft.com/graph/api/resources/onlinemeeting */
export function makeGraphMeetings(graph: Graph): MeetingProvider {
  return {
    async create(organizerId, meeting, options) {
      const path = collection(organizerId);
      const answer = await graph({
        method: 'POST',
        path,
        purpose: 'create',
        body: meeting,
        options,
      });
      return { meeting: meetingIn(answer), created: true };
    },
    async createOrGet(organizerId, meeting, options) {
      const path = `${collection(organizerId)}/createOrGet`;
      const answer = await graph({
        method: 'POST',
        path,
        purpose: 'createOrGet',
        body: meeting,
        options,
      });
      return { meeting: meetingIn(answer), created: answer.status === 201 };
    },
    async get(organizerId, meetingId, options) {
      const path = place(organizerId, meetingId);
      return meetingIn(await graph({ method: 'GET', path, purpose: 'read', options }));
    },
    async find(organizerId, key, options) {
      const path = `${collection(organizerId)}?$filter=${filterFor(key)}`;
      const answer = await graph({ method: 'GET', path, purpose: 'find', options });
      return { ...(answer.body as FoundMeetings), value: listIn(answer) as FoundMeetings['value'] };
    },
    async update(organizerId, meetingId, { properties, options }) {
      const path = place(organizerId, meetingId);
      return meetingIn(
        await graph({ method: 'PATCH', path, purpose: 'update', body: properties, options }),
      );
    },
    async delete(organizerId, meetingId, options) {
      const path = place(organizerId, meetingId);
      await graph({ method: 'DELETE', path, purpose: 'delete', options });
    },
  };
}
