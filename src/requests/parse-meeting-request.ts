import { envelopeName, openEnvelope } from './envelopes';
import { isExcelError } from './excel-error';
import { writableProperties, type OnlineMeetingInput } from './online-meeting';
import { finish, type ParsedRequest } from './parse-online-meeting';
import { describeValue, Problems, wholeRequest } from '../errors/problems';
import { readDuration } from './readers/duration';
import { readLanguage, readRequestId } from './readers/envelope';
import { checkTimes, meetingHints, meetingReaders } from './readers/meeting';
import { objectReader } from './readers/object';
import { readOrganizer } from './readers/organizer';
import { choiceReader, isAbsent, isRecord, type Reader, type Reading } from './readers/scalar';
import { readTimeZone } from './readers/time-zone';
import { addMinutes, parseTime } from './time/time';
import { dateOrders, type DateOrder } from './time/written-date';

interface Envelope {
  readonly requestId?: string;
  readonly organizer?: string;
  readonly language?: string;
  readonly durationMinutes?: number;
  readonly meeting?: OnlineMeetingInput;
}

/** What a request has beside its meeting. */
export const besideMeeting = [
  'requestId',
  'organizer',
  'language',
  'timeZone',
  'dateOrder',
  'durationMinutes',
];

const readMeeting = objectReader(
  meetingReaders,
  '',
  new Map([
    ...meetingHints,
    ...besideMeeting.map((name) => [name, `${name} beside meeting`] as const),
  ]),
);

/** Read before everything else, since times depend on it. */
const alreadyRead: Reader<never> = () => undefined;

const readEnvelope = objectReader(
  {
    requestId: readRequestId,
    organizer: readOrganizer,
    language: readLanguage,
    timeZone: alreadyRead,
    dateOrder: alreadyRead,
    durationMinutes: readDuration,
    meeting: readMeeting,
  },
  // Not a place inside a meeting, so nothing here is refused as a property of one.
  'envelope',
  new Map(writableProperties.map((name) => [name, `meeting.${name}`])),
) as Reader<Envelope>;

/** Parses one MeetingRequest: every way in which makers send values goes in, one strict form comes out. */
export function parseMeetingRequest(input: unknown): ParsedRequest {
  const problems = new Problems();
  const given = onlyEventOf(openEnvelope(input));
  const whole = problemWithWhole(given);
  if (whole !== undefined || !isRecord(given)) {
    problems.add('wrongType', wholeRequest, whole ?? '');
    const requestId = requestIdOf(given);
    return { ok: false, problems: problems.list(), ...(requestId !== undefined && { requestId }) };
  }
  const reading = readingOf(given, problems);
  const { durationMinutes, ...envelope } = readEnvelope(given, '', reading) ?? {};
  checkPresence(given, problems);
  const meeting = withEnd(envelope.meeting ?? {}, durationMinutes, problems);
  checkTimes(meeting, 'meeting', problems);
  return finish({ ...envelope, organizer: envelope.organizer ?? '', meeting }, problems);
}

/** The requestId of a request that has not been parsed, if it has an acceptable one. */
export function requestIdOf(input: unknown): string | undefined {
  const given = openEnvelope(input);
  const requestId = isRecord(given) ? given['requestId'] : undefined;
  if (isExcelError(requestId)) return undefined;
  return readRequestId(requestId, 'requestId', {
    problems: new Problems(),
    parseTime,
    forGraph: false,
  });
}

/** Event Grid delivers lists of events, mostly of one. */
function onlyEventOf(value: unknown): unknown {
  if (!Array.isArray(value) || value.length !== 1) return value;
  const [event] = value as readonly unknown[];
  const opened = openEnvelope(event);
  return opened === event ? value : opened;
}

/** What cannot be one request at all. */
function problemWithWhole(given: unknown): string | undefined {
  const isList = Array.isArray(given) || (isRecord(given) && Array.isArray(given['requests']));
  if (isList)
    return 'Expected one request, got a list. Send a list to POST /api/batches, or as one message to the queue.';
  if (!isRecord(given))
    return `Expected a request, which is an object, got ${describeValue(given)}.`;
  const envelope = envelopeName(given);
  return envelope === undefined
    ? undefined
    : `This is ${envelope}, and there is no request in it; send the request itself.`;
}

function readingOf(given: Readonly<Record<string, unknown>>, problems: Problems): Reading {
  const base: Reading = { problems, parseTime, forGraph: false };
  const dateOrder = readDateOrder(given['dateOrder'], 'dateOrder', base) as DateOrder | undefined;
  const timeZone = readTimeZone(given['timeZone'], 'timeZone', base);
  return { ...base, parseTime: (value) => parseTime(value, { timeZone, dateOrder }) };
}

const readDateOrder = choiceReader(dateOrders);

/** Nothing that a meeting hangs on is made up, though Graph itself would. */
function checkPresence(given: Readonly<Record<string, unknown>>, problems: Problems): void {
  const { organizer, durationMinutes, meeting } = given;
  if (isAbsent(organizer)) problems.add('missing', 'organizer', 'Write who organizes the meeting.');
  if (isAbsent(meeting)) problems.add('missing', 'meeting', 'Add the meeting to create.');
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
