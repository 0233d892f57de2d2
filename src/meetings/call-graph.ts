import { hash } from 'node:crypto';
import { MeetingError, toMeetingError, withExecuted } from '../errors/meeting-error';
import { notApplied } from './not-applied';
import type { OnlineMeeting, OnlineMeetingInput } from '../requests/online-meeting';
import { createOrGetBody, missingOptions, type Plan } from './plan';
import type {
  CallOptions,
  Random,
  Clock,
  CreatedMeeting,
  Directory,
  MeetingProvider,
} from './ports';
import type { MeetingRequest } from '../requests/meeting-request';
import { withRetries } from './retry';

export interface MakingDependencies {
  readonly provider: MeetingProvider;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly random: Random;
}

/** A meeting as Graph has it now, and what of the request is not in it. */
export interface MadeMeeting extends CreatedMeeting {
  readonly organizerId: string;
  readonly notApplied: readonly string[];
  /** The meeting is there, but Graph refused to set options on it. */
  readonly refusal?: MeetingError;
}

export interface Making {
  readonly request: MeetingRequest;
  readonly plan: Plan;
  /** An earlier attempt can have made the meeting. */
  readonly mayHaveMeeting: boolean;
  readonly deadline: number;
  /** The request is not tried again: a meeting without some of its options is better than no answer. */
  readonly final?: boolean;
}

/** Graph's key for a request: 43 ASCII characters, since Graph documents no length or alphabet for externalId. */
export const externalIdFor = (requestId: string): string => hash('sha256', requestId, 'base64url');

/** Makes one meeting as planned: resolves the people, calls Graph, compares. Knows nothing of ledger and results. */
export async function makeMeeting(making: Making, deps: MakingDependencies): Promise<MadeMeeting> {
  const { request, deadline } = making;
  const options: CallOptions = {
    language: request.language,
    deadline,
    requestId: request.requestId,
  };
  const { organizerId, asked } = await lookUpPeople(request, options, deps);
  const call = { ...making, organizerId, asked, options };
  return making.plan === 'ensure' ? ensure(call, deps) : createPlainly(call, deps);
}

/** Looking people up changes nothing in Graph, however it ends. */
async function lookUpPeople(
  { organizer, meeting }: MeetingRequest,
  options: CallOptions,
  deps: MakingDependencies,
): Promise<Pick<Call, 'organizerId' | 'asked'>> {
  try {
    const organizerId = await withRetries(
      () => resolveOrganizer(organizer, deps.directory, options),
      { repeatable: true, deadline: options.deadline },
      deps,
    );
    return { organizerId, asked: await withIdentities(meeting, { ...deps, options }) };
  } catch (thrown) {
    throw withExecuted(toMeetingError(thrown), 'no');
  }
}

interface Call extends Making {
  readonly organizerId: string;
  readonly asked: OnlineMeetingInput;
  readonly options: CallOptions;
}

export async function resolveOrganizer(
  given: string,
  directory: Directory,
  options: CallOptions,
): Promise<string> {
  const id = await directory.findUserId(given, options);
  if (id !== undefined) return id;
  throw new MeetingError(
    'organizerNotFound',
    'There is no user with this name or address in the tenant.',
    {
      target: 'organizer',
    },
  );
}

async function createPlainly(call: Call, deps: MakingDependencies): Promise<MadeMeeting> {
  const { organizerId, asked, options, deadline } = call;
  const made = await withRetries(
    () => deps.provider.create(organizerId, asked, options),
    { repeatable: false, deadline },
    deps,
  );
  return { ...made, organizerId, notApplied: notApplied(asked, made.meeting) };
}

async function ensure(call: Call, deps: MakingDependencies): Promise<MadeMeeting> {
  const { request, organizerId, asked, options, deadline } = call;
  const externalId = request.externalId ?? externalIdFor(request.requestId ?? '');
  let mayHaveMadeIt = call.mayHaveMeeting;
  const createOrGet = async (): Promise<CreatedMeeting> => {
    try {
      return await deps.provider.createOrGet(
        organizerId,
        { ...createOrGetBody(asked), externalId },
        options,
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
  if (!made.created && request.externalId === undefined) {
    refuseAnotherMeeting(asked, made.meeting);
  }
  return applyOptions(call, made, deps);
}

/** Graph already had a meeting under this requestId before the ledger knew of it: it must be the one asked for. */
function refuseAnotherMeeting(asked: OnlineMeetingInput, found: OnlineMeeting): void {
  const identity: OnlineMeetingInput = Object.fromEntries(
    Object.entries(asked).filter(([name]) =>
      ['subject', 'startDateTime', 'endDateTime'].includes(name),
    ),
  );
  const different = notApplied(identity, found);
  if (different.length === 0) return;
  throw new MeetingError(
    'requestIdReused',
    `Graph already has a meeting under this requestId, with another ${different.join(' and ')}.`,
    { target: 'requestId' },
  );
}

async function applyOptions(
  { asked, organizerId, options, deadline, final = false }: Call,
  made: CreatedMeeting,
  deps: MakingDependencies,
): Promise<MadeMeeting> {
  const properties = missingOptions(asked, made.meeting);
  const meetingId = made.meeting.id;
  if (properties === undefined || typeof meetingId !== 'string') {
    return { ...made, organizerId, notApplied: notApplied(asked, made.meeting) };
  }
  try {
    const meeting = await withRetries(
      () => deps.provider.update(organizerId, meetingId, { properties, options }),
      { repeatable: true, deadline },
      deps,
    );
    const merged = { ...made.meeting, ...meeting };
    return {
      meeting: merged,
      created: made.created,
      organizerId,
      notApplied: notApplied(asked, merged),
    };
  } catch (thrown) {
    const error = toMeetingError(thrown);
    // Whatever became of the options: the meeting is there.
    if (!final && (error.retryable || error.executed === 'unknown'))
      throw withExecuted(error, 'unknown');
    return { ...made, organizerId, notApplied: notApplied(asked, made.meeting), refusal: error };
  }
}

/** Roles above attendee need an Entra identity, so those people are looked up when only a name is given. */
async function withIdentities(
  meeting: OnlineMeetingInput,
  deps: MakingDependencies & { readonly options: CallOptions },
): Promise<OnlineMeetingInput> {
  const attendees = meeting.participants?.attendees;
  if (attendees === undefined) return meeting;
  const resolved = await Promise.all(
    attendees.map(async (attendee, index) => {
      const { role, upn, identity } = attendee;
      if (role === undefined || role === 'attendee' || identity !== undefined || upn === undefined)
        return attendee;
      const id = await withRetries(
        () => deps.directory.findUserId(upn, deps.options),
        { repeatable: true, deadline: deps.options.deadline },
        deps,
      );
      if (id !== undefined) return { ...attendee, identity: { user: { id } } };
      throw attendeeWithoutIdentity(index, role);
    }),
  );
  return { ...meeting, participants: { ...meeting.participants, attendees: resolved } };
}

function attendeeWithoutIdentity(index: number, role: string): MeetingError {
  const target = `meeting.participants.attendees[${index}].role`;
  const message = `Only people with a Microsoft Entra identity can be ${role}; this address has none in the tenant.`;
  return new MeetingError('invalidRequest', message, {
    target,
    details: [{ code: 'noEntraIdentity', target, message }],
  });
}
