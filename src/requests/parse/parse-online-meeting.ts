import type { Problem } from '../../errors/meeting-error';
import type { OnlineMeetingInput } from '../online-meeting';
import { describeValue, Problems, wholeRequest } from '../../errors/problems';
import { readExternalId, readLanguage, readRequestId } from '../readers/request-properties';
import { checkTimes, meetingHints, meetingReaders } from '../readers/meeting';
import { objectReader } from '../readers/object';
import { readOrganizer } from '../readers/organizer';
import { isAbsent, isRecord, type Reader, type Reading } from '../readers/scalar';
import type { MeetingRequest } from '../meeting-request';
import { parseGraphTime } from '../time/time';

/** A request in its strict form, or its problems. */
export type ParsedRequest =
  { readonly ok: true; readonly request: MeetingRequest } | RefusedRequest;

/** The problems of a request. */
export interface RefusedRequest {
  readonly ok: false;
  readonly problems: readonly Problem[];
  /** Present if it could be read. */
  readonly requestId?: string;
  /** As far as it could be read. */
  readonly meeting?: OnlineMeetingInput;
}

/** The parts of a call in Graph's format that are outside its body. */
export interface OnlineMeetingCall {
  readonly organizer: string;
  readonly requestId?: string | undefined;
  readonly language?: string | undefined;
  /** Set for a createOrGet, whose body must have an `externalId`. */
  readonly externalId?: 'required' | undefined;
}

type CreateOrGetBody = OnlineMeetingInput & { readonly externalId?: string };

const readCreateBody = objectReader(meetingReaders, '', meetingHints) as Reader<CreateOrGetBody>;
const readCreateOrGetBody = objectReader(
  { ...meetingReaders, externalId: readExternalId },
  '',
  meetingHints,
) as Reader<CreateOrGetBody>;

/**
 * Parses the body of Graph's own create or createOrGet. Accepts what Graph accepts: subject and times are optional, a
 * time without an offset is UTC, and `participants.organizer` has no effect.
 */
export function parseOnlineMeeting(input: unknown, call: OnlineMeetingCall): ParsedRequest {
  const problems = new Problems();
  const reading: Reading = { problems, parseTime: parseGraphTime, forGraph: true };
  const around = readAround(call, reading);
  const read = call.externalId === undefined ? readCreateBody : readCreateOrGetBody;
  const { externalId, ...meeting } = read(input, '', reading) ?? {};
  checkBody(input, call, problems);
  checkTimes(meeting, '', problems);
  const request = { ...around, ...(externalId !== undefined && { externalId }), meeting };
  return problems.count === 0 ? { ok: true, request } : refusal(problems, request.requestId);
}

function readAround(call: OnlineMeetingCall, reading: Reading): Omit<MeetingRequest, 'meeting'> {
  const requestId = readRequestId(call.requestId, 'requestId', reading);
  const language = readLanguage(call.language, 'language', reading);
  const organizer = readOrganizer(call.organizer, 'organizer', reading);
  if (isAbsent(call.organizer))
    reading.problems.add('missing', 'organizer', 'The call does not specify an organizer.');
  return {
    ...(requestId !== undefined && { requestId }),
    ...(language !== undefined && { language }),
    organizer: organizer ?? '',
  };
}

function checkBody(input: unknown, call: OnlineMeetingCall, problems: Problems): void {
  if (!isRecord(input)) {
    if (isAbsent(input))
      problems.add('wrongType', wholeRequest, `Expected an object, got ${describeValue(input)}.`);
    return;
  }
  if (call.externalId === 'required' && isAbsent(input['externalId'])) {
    problems.add('missing', 'externalId', 'createOrGet requires a key to find the meeting again.');
  }
  if (isAbsent(input['startDateTime']) && !isAbsent(input['endDateTime'])) {
    problems.add(
      'endWithoutStart',
      'endDateTime',
      'A meeting with an end also requires a startDateTime.',
    );
  }
}

/** The problems of a request, with its requestId and its meeting as far as they could be read. */
export const refusal = (
  problems: Problems,
  requestId: string | undefined,
  meeting?: OnlineMeetingInput,
): ParsedRequest => ({
  ok: false,
  problems: problems.list(),
  ...(requestId !== undefined && { requestId }),
  ...(meeting !== undefined && { meeting }),
});
