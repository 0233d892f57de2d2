import { hash } from 'node:crypto';
import { makeEvent } from '../calendar/make-event';
import type { GraphDependencies } from '../dependencies';
import { notApplied } from '../calls/not-applied';
import { withIdentities } from '../calls/people';
import { createOrGetBody } from '../plan';
import type { GraphMeeting, PlannedMeeting } from '../planned-meeting';
import type { CreatedMeeting } from '../ports';
import { withRetries } from '../calls/retry';
import { compare, leavesSomethingOut, readBack, setOptions } from '../calls/set-options';
import { MeetingError, toMeetingError } from '../../errors/meeting-error';
import type { MeetingRequest } from '../../requests/meeting-request';
import type { OnlineMeetingInput } from '../../requests/online-meeting';

/** Graph's key for a request: 43 ASCII characters, since Graph documents no length or alphabet for externalId. */
const externalIdFor = (requestId: string): string => hash('sha256', requestId, 'base64url');

/** Creates one meeting as planned: resolves its people, calls Graph, compares. Independent of ledger and results. */
export async function makeMeeting(
  given: PlannedMeeting,
  deps: GraphDependencies,
): Promise<GraphMeeting> {
  const meeting = await withIdentities(given.request.meeting, given.options, deps);
  const planned = { ...given, request: { ...given.request, meeting } };
  if (given.plan === 'ensureEvent') return makeEvent(planned, deps);
  return given.plan === 'ensure' ? ensure(planned, deps) : createPlainly(planned, deps);
}

async function createPlainly(
  planned: PlannedMeeting,
  deps: GraphDependencies,
): Promise<GraphMeeting> {
  const { organizerId, request, options } = planned;
  const created = await withRetries(
    () => deps.provider.create(organizerId, request.meeting, options),
    { repeatable: false, deadline: options.deadline },
    deps,
  );
  const made = compare(planned, created);
  if (!leavesSomethingOut(made)) return made;
  try {
    return await readBack(planned, made, deps);
  } catch {
    // The meeting exists, and without a requestId nobody could ask for it again.
    return made;
  }
}

async function ensure(planned: PlannedMeeting, deps: GraphDependencies): Promise<GraphMeeting> {
  const { request, organizerId, options } = planned;
  const externalId = request.externalId ?? externalIdFor(request.requestId ?? '');
  let mayHaveMadeIt = planned.mayHaveMeeting;
  const createOrGet = async (): Promise<CreatedMeeting> => {
    try {
      return await deps.provider.createOrGet(
        organizerId,
        { ...createOrGetBody(request.meeting), externalId },
        options,
      );
    } catch (thrown) {
      mayHaveMadeIt ||= toMeetingError(thrown).executed === 'unknown';
      throw thrown;
    }
  };
  const answer = await withRetries(
    createOrGet,
    { repeatable: true, deadline: options.deadline },
    deps,
  );
  const found = { ...answer, created: answer.created || mayHaveMadeIt };
  if (!answer.created) checkFound(request, found, deps);
  return setOptions(planned, found, deps);
}

/** Checks a meeting that Graph already had under this key: it must be the requested one, and not expired. */
function checkFound(
  { meeting: requested, externalId }: MeetingRequest,
  { meeting: found, created: mayBeOwn }: CreatedMeeting,
  { clock }: GraphDependencies,
): void {
  const executed = mayBeOwn ? 'unknown' : 'no';
  if (Date.parse(String(found['expiryDateTime'])) <= clock.now().getTime())
    throw new MeetingError(
      'meetingExpired',
      'The meeting for this requestId has expired, so its link no longer works.',
      { target: 'requestId', executed },
    );
  const different = externalId === undefined ? notApplied(identityOf(requested), found) : [];
  if (different.length === 0) return;
  const message = `The meeting for this requestId has a different ${different.join(' and ')}. Either someone has changed it, or it belongs to an earlier request.`;
  throw mayBeOwn
    ? new MeetingError('outcomeUnknown', message, { executed })
    : new MeetingError('requestIdReused', message, { target: 'requestId' });
}

/** The properties that identify the meeting. */
const identityOf = ({ subject, startDateTime, endDateTime }: OnlineMeetingInput) => ({
  ...(subject !== undefined && { subject }),
  ...(startDateTime !== undefined && { startDateTime }),
  ...(endDateTime !== undefined && { endDateTime }),
});
