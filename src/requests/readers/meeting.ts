import { onlineMeetingInputSchema, type OnlineMeetingInput } from '../online-meeting';
import { propertyPath, type Problems } from '../../errors/problems';
import { readAttendees } from './attendees';
import { objectReader } from './object';
import type { Reader } from './scalar';
import { readersFor } from './schema';
import { compareTimes } from '../time/time';

const { participants: _, ...plainProperties } = onlineMeetingInputSchema.shape;

/** One reader for each property that a meeting may have. */
export const meetingReaders: Readonly<Record<string, Reader>> = {
  ...readersFor(plainProperties),
  participants: objectReader({ attendees: readAttendees }, 'participants'),
};

/** Correct places of properties that people write at the top of a meeting. */
export const meetingHints: ReadonlyMap<string, string> = new Map([
  ['attendees', 'participants.attendees'],
  ['end', 'endDateTime'],
  ['isPasscodeRequired', 'joinMeetingIdSettings.isPasscodeRequired'],
  ['start', 'startDateTime'],
]);

/** Start and end may be equal, as in Graph. */
export function checkTimes(
  { startDateTime: start, endDateTime: end }: OnlineMeetingInput,
  target: string,
  problems: Problems,
): void {
  if (start === undefined || end === undefined || compareTimes(start, end) <= 0) return;
  const message = `The meeting would end at ${end}, before it starts at ${start}.`;
  problems.add('endBeforeStart', propertyPath(target, 'endDateTime'), message);
}
