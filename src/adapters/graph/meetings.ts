import { MeetingError } from '../../errors/meeting-error';
import type { MeetingProvider, StoredMeeting } from '../../meetings/ports';
import type { Graph } from './client';
import type { GraphAnswer } from './errors';

const collection = (organizerId: string): string =>
  `/users/${encodeURIComponent(organizerId)}/onlineMeetings`;

/** A meeting must have an id; an answer without one does not belong to this call. */
function meetingIn({ body }: GraphAnswer): StoredMeeting {
  const meeting = body as StoredMeeting | null;
  if (typeof meeting?.id === 'string') return meeting;
  throw new MeetingError('graphUnavailable', 'Microsoft Graph answered without a meeting.', {
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
      const path = `${collection(organizerId)}/${encodeURIComponent(meetingId)}`;
      return meetingIn(await graph({ method: 'GET', path, purpose: 'read', options }));
    },
    async update(organizerId, meetingId, { properties, options }) {
      const path = `${collection(organizerId)}/${encodeURIComponent(meetingId)}`;
      return meetingIn(
        await graph({ method: 'PATCH', path, purpose: 'update', body: properties, options }),
      );
    },
  };
}
