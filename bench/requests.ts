import { randomUUID } from 'node:crypto';

/** Anna of the simulated tenant. */
export const organizerId = 'dc17674c-81d9-4adb-bfb2-8f6a442e4601';

export const meeting = {
  subject: 'Parent evening',
  startDateTime: '2026-12-01T14:30:00.0000000Z',
  endDateTime: '2026-12-01T15:00:00.0000000Z',
};

/** A request as a back-end system writes it: subject, times and a person, which Graph's createOrGet takes in one call. */
export const meetingRequest = (requestId: string = randomUUID()) => ({
  requestId,
  organizer: 'anna@contoso.com',
  meeting,
});
