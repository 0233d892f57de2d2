import { writableProperties, type OnlineMeetingInput } from './online-meeting';
import { finish, type ParsedRequest } from './parse-online-meeting';
import { describeValue, Problems, wholeRequest } from '../errors/problems';
import { readDuration, readLanguage, readOrganizer, readRequestId } from './readers/envelope';
import { checkTimes, meetingHints, meetingReaders } from './readers/meeting';
import { objectReader } from './readers/object';
import { isAbsent, isRecord, readText, type Reader, type Reading } from './readers/scalar';
import { addMinutes, parseTime, type TimeResult } from './time/time';
import { findTimeZone, nearestTimeZone } from './time/time-zones';

/** What a batch or a queue message says for all its requests; a request's own word goes first. */
export interface RequestDefaults {
  readonly requestId?: string | undefined;
  readonly organizer?: string | undefined;
  readonly language?: string | undefined;
  readonly timeZone?: string | undefined;
}

interface Envelope {
  readonly requestId?: string;
  readonly organizer?: string;
  readonly language?: string;
  readonly durationMinutes?: number;
  readonly meeting?: OnlineMeetingInput;
}

const besideMeeting = ['requestId', 'organizer', 'language', 'timeZone', 'durationMinutes'];

const readMeeting = objectReader(
  meetingReaders,
  '',
  new Map([
    ...meetingHints,
    ...besideMeeting.map((name) => [name, `${name} beside meeting`] as const),
  ]),
);

const readEnvelope = objectReader(
  {
    requestId: readRequestId,
    organizer: readOrganizer,
    language: readLanguage,
    // Read before everything else, since times depend on it.
    timeZone: () => undefined,
    durationMinutes: readDuration,
    meeting: readMeeting,
  },
  // Not a place inside a meeting, so nothing here is refused as a property of one.
  'envelope',
  new Map(writableProperties.map((name) => [name, `meeting.${name}`])),
) as Reader<Envelope>;

/** Parses one MeetingRequest: every way in which makers send values goes in, one strict form comes out. */
export function parseMeetingRequest(input: unknown, defaults: RequestDefaults = {}): ParsedRequest {
  const problems = new Problems();
  if (!isRecord(input)) {
    problems.add(
      'wrongType',
      wholeRequest,
      `${describeValue(input)} was found where a request is due, which is an object.`,
    );
    return { ok: false, problems: problems.list() };
  }
  const given = withDefaults(input, defaults);
  const reading: Reading = {
    problems,
    parseTime: timeParser(given['timeZone'], problems),
    forGraph: false,
  };
  const { durationMinutes, ...envelope } = readEnvelope(given, '', reading) ?? {};
  checkPresence(given, problems);
  const meeting = withEnd(envelope.meeting ?? {}, durationMinutes, problems);
  checkTimes(meeting, 'meeting', problems);
  return finish({ ...envelope, organizer: envelope.organizer ?? '', meeting }, problems);
}

/** The requestId of a request that has not been parsed, if it has an acceptable one. */
export function requestIdOf(input: unknown): string | undefined {
  const reading: Reading = { problems: new Problems(), parseTime, forGraph: false };
  return isRecord(input) ? readRequestId(input['requestId'], 'requestId', reading) : undefined;
}

function withDefaults(
  input: Readonly<Record<string, unknown>>,
  defaults: RequestDefaults,
): Readonly<Record<string, unknown>> {
  const missing = Object.entries(defaults).filter(([name]) => isAbsent(input[name]));
  return missing.length === 0 ? input : { ...input, ...Object.fromEntries(missing) };
}

/** With a zone that does not exist, times are still checked for everything else. */
function timeParser(given: unknown, problems: Problems): (value: unknown) => TimeResult {
  const name = readText(given, 'timeZone', { problems, parseTime, forGraph: false });
  if (name === undefined) {
    const zone = isAbsent(given) ? undefined : findTimeZone('UTC');
    return (value) => parseTime(value, zone);
  }
  const zone = findTimeZone(name);
  if (zone === undefined) {
    const nearest = nearestTimeZone(name.trim());
    const hint =
      nearest === undefined
        ? 'Write a name such as Europe/Lisbon or W. Europe Standard Time.'
        : `Did you mean ${nearest}?`;
    problems.add(
      'unknownTimeZone',
      'timeZone',
      `${describeValue(name)} is no IANA or Windows time zone. ${hint}`,
    );
  }
  return (value) => parseTime(value, zone ?? findTimeZone('UTC'));
}

/** Nothing that a meeting hangs on is made up, though Graph itself would. */
function checkPresence(given: Readonly<Record<string, unknown>>, problems: Problems): void {
  const { organizer, durationMinutes, meeting } = given;
  if (isAbsent(organizer)) problems.add('missing', 'organizer', 'Write who organizes the meeting.');
  if (isAbsent(meeting))
    problems.add('missing', 'meeting', 'Write the meeting that is to be made.');
  if (!isRecord(meeting)) return;
  const { subject, startDateTime, endDateTime } = meeting;
  if (isAbsent(subject))
    problems.add('missing', 'meeting.subject', 'Write what the meeting is called.');
  if (isAbsent(startDateTime))
    problems.add('missing', 'meeting.startDateTime', 'Write when the meeting starts.');
  if (isAbsent(endDateTime) && isAbsent(durationMinutes)) {
    problems.add(
      'missing',
      'meeting.endDateTime',
      'Write when the meeting ends, or durationMinutes beside meeting.',
    );
  }
  if (!isAbsent(endDateTime) && !isAbsent(durationMinutes)) {
    problems.add('conflicting', 'durationMinutes', 'Write either this or meeting.endDateTime.');
  }
}

function withEnd(
  meeting: OnlineMeetingInput,
  minutes: number | undefined,
  problems: Problems,
): OnlineMeetingInput {
  const { startDateTime, endDateTime } = meeting;
  if (minutes === undefined || startDateTime === undefined || endDateTime !== undefined)
    return meeting;
  const end = addMinutes(startDateTime, minutes);
  if (end.ok) return { ...meeting, endDateTime: end.time };
  problems.add(end.code, 'durationMinutes', end.message);
  return meeting;
}
