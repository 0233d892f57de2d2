import { hash } from 'node:crypto';
import type { GraphDependencies } from './dependencies';
import { notApplied } from './not-applied';
import { withIdentities } from './people';
import { createOrGetBody, missingOptions, type Plan } from './plan';
import type { CallOptions, CreatedMeeting, StoredMeeting } from './ports';
import { withRetries } from './retry';
import { MeetingError, toMeetingError, withExecuted } from '../errors/meeting-error';
import type { MeetingRequest } from '../requests/meeting-request';
import type { OnlineMeetingInput } from '../requests/online-meeting';

/** The meeting to create, its organizer, and the plan. */
export interface PlannedMeeting {
  readonly request: MeetingRequest;
  readonly organizerId: string;
  readonly plan: Plan;
  /** An earlier attempt may have created the meeting. */
  readonly mayHaveMeeting: boolean;
  /** The last moment to begin a call, in milliseconds since 1970. */
  readonly deadline: number;
  /** A meeting without some of its options is better than no answer. */
  readonly isLastAttempt: boolean;
}

/** A meeting as Graph has it now, and the options that it lacks. */
export interface GraphMeeting extends CreatedMeeting {
  readonly organizerId: string;
  readonly notApplied: readonly string[];
  /** The meeting exists, but Graph refused to set its options. */
  readonly refusal?: MeetingError;
}

/** Graph's key for a request: 43 ASCII characters, since Graph documents no length or alphabet for externalId. */
export const externalIdFor = (requestId: string): string => hash('sha256', requestId, 'base64url');

/** Creates one meeting as planned: resolves its people, calls Graph, compares. Independent of ledger and results. */
export async function makeMeeting(
  given: PlannedMeeting,
  deps: GraphDependencies,
): Promise<GraphMeeting> {
  const meeting = await withIdentities(given.request.meeting, optionsOf(given), deps);
  const planned = { ...given, request: { ...given.request, meeting } };
  return given.plan === 'ensure' ? ensure(planned, deps) : createPlainly(planned, deps);
}

const optionsOf = ({ request, deadline }: PlannedMeeting): CallOptions => ({
  language: request.language,
  deadline,
  requestId: request.requestId,
});

async function createPlainly(
  planned: PlannedMeeting,
  deps: GraphDependencies,
): Promise<GraphMeeting> {
  const { organizerId, request, deadline } = planned;
  const made = await withRetries(
    () => deps.provider.create(organizerId, request.meeting, optionsOf(planned)),
    { repeatable: false, deadline },
    deps,
  );
  return { ...made, organizerId, notApplied: notApplied(request.meeting, made.meeting) };
}

async function ensure(planned: PlannedMeeting, deps: GraphDependencies): Promise<GraphMeeting> {
  const { request, organizerId, deadline } = planned;
  const externalId = request.externalId ?? externalIdFor(request.requestId ?? '');
  let mayHaveMadeIt = planned.mayHaveMeeting;
  const createOrGet = async (): Promise<CreatedMeeting> => {
    try {
      return await deps.provider.createOrGet(
        organizerId,
        { ...createOrGetBody(request.meeting), externalId },
        optionsOf(planned),
      );
    } catch (thrown) {
      const error = toMeetingError(thrown);
      mayHaveMadeIt ||= error.executed === 'unknown';
      // A refusal of the second try says nothing about the first.
      throw mayHaveMadeIt ? withExecuted(error, 'unknown') : error;
    }
  };
  const answer = await withRetries(createOrGet, { repeatable: true, deadline }, deps);
  const made = { ...answer, created: answer.created || mayHaveMadeIt };
  if (!answer.created && request.externalId === undefined)
    refuseAnotherMeeting(request.meeting, made);
  return applyOptions(planned, made, deps);
}

/** Graph already had a meeting under this requestId before this call: it must be the one asked for. */
function refuseAnotherMeeting(
  asked: OnlineMeetingInput,
  { meeting, created }: CreatedMeeting,
): void {
  const identity: OnlineMeetingInput = Object.fromEntries(
    Object.entries(asked).filter(([name]) =>
      ['subject', 'startDateTime', 'endDateTime'].includes(name),
    ),
  );
  const different = notApplied(identity, meeting);
  if (different.length === 0) return;
  const message = `Graph already has a meeting under this requestId, with another ${different.join(' and ')}: it has been changed since, or belongs to an earlier request.`;
  // An earlier attempt may have created this meeting, and somebody may have moved it since.
  throw created
    ? new MeetingError('outcomeUnknown', message, { executed: 'unknown' })
    : new MeetingError('requestIdReused', message, { target: 'requestId' });
}

async function applyOptions(
  planned: PlannedMeeting,
  made: CreatedMeeting,
  deps: GraphDependencies,
): Promise<GraphMeeting> {
  const { request, organizerId, deadline, isLastAttempt } = planned;
  const compare = (meeting: StoredMeeting): GraphMeeting => ({
    meeting,
    created: made.created,
    organizerId,
    notApplied: notApplied(request.meeting, meeting),
  });
  const meetingId = made.meeting.id;
  const properties = missingOptions(request.meeting, made.meeting);
  if (properties === undefined) return compare(made.meeting);
  try {
    const updated = await withRetries(
      () =>
        deps.provider.update(organizerId, meetingId, { properties, options: optionsOf(planned) }),
      { repeatable: true, deadline },
      deps,
    );
    return compare({ ...made.meeting, ...updated });
  } catch (thrown) {
    const error = toMeetingError(thrown);
    // The meeting exists, with or without its options.
    if (!isLastAttempt && (error.retryable || error.executed === 'unknown'))
      throw withExecuted(error, 'unknown');
    return { ...compare(made.meeting), refusal: error };
  }
}
