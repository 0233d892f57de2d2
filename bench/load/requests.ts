import { randomUUID } from 'node:crypto';

/** A month from now, since meetings that are over are refused. */
const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/** Anna of the simulated tenant. */
export const organizerId = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';

/** The meeting that every request of the bench asks for. */
export const meeting = {
  subject: 'Parent evening',
  startDateTime: `${day}T14:30:00.0000000Z`,
  endDateTime: `${day}T15:00:00.0000000Z`,
};

/** A request as a back-end system writes it: subject, times and a person, which Graph's createOrGet takes in one call. */
export const meetingRequest = (requestId: string = randomUUID()) => ({
  requestId,
  organizer: 'anna@contoso.com',
  meeting,
});
