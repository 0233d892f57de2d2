import type { GraphDependencies } from '../dependencies';
import type { GraphMeeting, PlannedMeeting } from '../planned-meeting';
import { isSilentAbout, notApplied } from './not-applied';
import { missingOptions } from '../plan';
import type { CreatedMeeting, StoredMeeting } from '../ports';
import { withRetries } from './retry';
import { toMeetingError, withExecuted } from '../../errors/meeting-error';

/** Compares a meeting with the request. The join link counts as requested, because a meeting is useless without it. */
export function compare(
  { request, organizerId }: PlannedMeeting,
  { meeting, created }: CreatedMeeting,
): GraphMeeting {
  const differences = notApplied(request.meeting, meeting);
  const linkMissing = typeof meeting.joinWebUrl !== 'string';
  return {
    meeting,
    created,
    organizerId,
    notApplied: linkMissing ? [...differences, 'joinWebUrl'].sort() : differences,
  };
}

/** Whether Graph's answer omits a requested option. */
export const leavesSomethingOut = ({ meeting, notApplied: paths }: GraphMeeting): boolean =>
  paths.some((path) => isSilentAbout(path, meeting));

/** Reads the meeting again, in the caller's language. */
export async function readBack(
  planned: PlannedMeeting,
  made: CreatedMeeting,
  deps: GraphDependencies,
): Promise<GraphMeeting> {
  const read = await withRetries(
    () => deps.provider.get(planned.organizerId, made.meeting.id, planned.options),
    { repeatable: true, deadline: planned.options.deadline },
    deps,
  );
  return compare(planned, { ...made, meeting: { ...made.meeting, ...read } });
}

/**
 * Sets the options that createOrGet ignores. Reads the meeting again if Graph's answers omit options, or if the request
 * has a language, because createOrGet does not document Accept-Language.
 */
export async function setOptions(
  planned: PlannedMeeting,
  found: CreatedMeeting,
  deps: GraphDependencies,
): Promise<GraphMeeting> {
  let made = compare(planned, found);
  try {
    made = await patch(planned, made, deps);
    const needsReading = planned.request.language !== undefined || leavesSomethingOut(made);
    return needsReading ? await readBack(planned, made, deps) : made;
  } catch (thrown) {
    const error = toMeetingError(thrown);
    // The meeting exists, even if its options failed.
    if (!planned.isLastAttempt && (error.retryable || error.executed === 'unknown'))
      throw withExecuted(error, 'unknown');
    return { ...made, refusal: error };
  }
}

async function patch(
  planned: PlannedMeeting,
  made: GraphMeeting,
  deps: GraphDependencies,
): Promise<GraphMeeting> {
  const { organizerId, options } = planned;
  const properties = missingOptions(planned.request.meeting, made.notApplied);
  if (properties === undefined) return made;
  const updated = await withRetries(
    () => deps.provider.update(organizerId, made.meeting.id, { properties, options }),
    { repeatable: true, deadline: options.deadline },
    deps,
  );
  // These properties in the answer to createOrGet are out of date.
  const others = Object.entries(made.meeting).filter(([name]) => !(name in properties));
  const meeting = { ...Object.fromEntries(others), ...updated } as StoredMeeting;
  return compare(planned, { ...made, meeting });
}
