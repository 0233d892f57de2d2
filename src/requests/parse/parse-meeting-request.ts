import { actionWords } from '../action-words';
import type { CalendarInput } from '../calendar';
import { withComment } from './calendar-part';
import { checkPresence } from './check-presence';
import { envelopeName, openEnvelope } from './envelopes';
import { isExcelError } from '../readers/excel-error';
import { actions, ifUnknowns, type Action, type IfUnknown } from '../meeting-request';
import { fixedAtCreation } from './parse-meeting-change';
import { refusing } from '../readers/refusing';
import { writableProperties, type OnlineMeetingInput } from '../online-meeting';
import { refusal, type ParsedRequest } from './parse-online-meeting';
import { describeValue, Problems, wholeRequest } from '../../errors/problems';
import { checkMeetingOfEvent, readCalendar } from '../readers/calendar';
import { readDuration } from '../readers/duration';
import {
  readLanguage,
  readOrganizerPool,
  readRequestId,
  readRevision,
  readTimeZone,
} from '../readers/request-properties';
import { checkTimes, meetingHints, meetingReaders } from '../readers/meeting';
import { objectReader } from '../readers/object';
import { readOrganizer } from '../readers/organizer';
import {
  choiceReader,
  isAbsent,
  isRecord,
  readBoolean,
  readText,
  type Reader,
  type Reading,
} from '../readers/scalar';
import { addMinutes, parseTime } from '../time/time';
import { dateOrders, type DateOrder } from '../time/written-date';

interface RequestProperties {
  readonly requestId?: string;
  readonly action?: Action;
  readonly revision?: number;
  readonly refresh?: boolean;
  readonly comment?: string;
  readonly ifUnknown?: IfUnknown;
  readonly organizer?: string;
  readonly organizerPool?: string;
  readonly language?: string;
  readonly durationMinutes?: number;
  readonly meeting?: OnlineMeetingInput;
  readonly calendar?: CalendarInput;
}

/** The properties of a request besides its meeting. */
export const besideMeeting = [
  'requestId',
  'action',
  'revision',
  'refresh',
  'comment',
  'ifUnknown',
  'organizer',
  'organizerPool',
  'language',
  'timeZone',
  'dateOrder',
  'durationMinutes',
];

/** Correct places of properties that people write into the meeting. */
const hints = new Map([
  ...meetingHints,
  ...besideMeeting.map((name) => [name, `${name} next to meeting`] as const),
]);

const readMeeting = objectReader(meetingReaders, '', hints);
const readChange = objectReader({ ...meetingReaders, ...fixedAtCreation }, '', hints);

/** For properties that are read before all others, or that have no meaning for the action. */
const leftOut: Reader<never> = () => undefined;

/** The readers that depend on the action. */
const readersOf: Readonly<Record<Action, Readonly<Record<string, Reader>>>> = {
  create: { meeting: readMeeting, durationMinutes: readDuration, ...only('create') },
  upsert: { meeting: readMeeting, durationMinutes: readDuration, ...only('upsert') },
  update: { meeting: readChange, durationMinutes: readDuration, ...only('update') },
  // A row of a sheet may still have the meeting that it cancels.
  cancel: { meeting: leftOut, durationMinutes: leftOut, ...only('cancel') },
};

function only(action: Action): Readonly<Record<string, Reader>> {
  return {
    refresh:
      action === 'upsert' || action === 'update'
        ? readBoolean
        : refusing('Only an upsert or an update can compare the meeting with Microsoft Graph.'),
    ifUnknown:
      action === 'create' || action === 'upsert'
        ? choiceReader(ifUnknowns)
        : refusing('Only a create or an upsert can have ifUnknown.'),
    comment: action === 'cancel' ? readText : refusing('Only a cancel can have a comment.'),
  };
}

const readProperties = Object.fromEntries(
  actions.map((action) => [
    action,
    objectReader(
      {
        requestId: readRequestId,
        action: leftOut,
        revision: readRevision,
        organizer: readOrganizer,
        organizerPool: readOrganizerPool,
        language: readLanguage,
        timeZone: leftOut,
        dateOrder: leftOut,
        calendar: action === 'cancel' ? leftOut : readCalendar,
        ...readersOf[action],
      },
      // Not a path inside a meeting, so that no property is refused as one of a meeting.
      'request',
      new Map(writableProperties.map((name) => [name, `meeting.${name}`])),
    ),
  ]),
) as unknown as Readonly<Record<Action, Reader<RequestProperties>>>;

/** Parses one MeetingRequest: accepts values in every form that makers send, and returns one strict form. */
export function parseMeetingRequest(input: unknown): ParsedRequest {
  const problems = new Problems();
  const given = onlyEventOf(openEnvelope(input));
  const whole = problemWithWhole(given);
  if (whole !== undefined || !isRecord(given)) {
    problems.add('wrongType', wholeRequest, whole ?? '');
    return refusal(problems, requestIdOf(given));
  }
  const action = actionOf(given, problems);
  const reading = readingOf(given, action, problems);
  const known = action === 'cancel' ? withComment(given, problems) : given;
  const { durationMinutes, ...properties } = readProperties[action](known, '', reading) ?? {};
  checkPresence(given, action, problems);
  const meeting = withEnd(properties.meeting ?? {}, durationMinutes, problems);
  checkTimes(meeting, 'meeting', problems);
  if (properties.calendar !== undefined) checkMeetingOfEvent(meeting, problems);
  const named = isAbsent(given['action']) ? {} : { action };
  const request = { ...properties, ...named, organizer: properties.organizer ?? '', meeting };
  return problems.count === 0
    ? { ok: true, request }
    : refusal(problems, request.requestId, meeting);
}

const readAction = choiceReader(actions, actionWords);

/** The action of the request. An unknown word adds a problem, and the rest is read as a create. */
const actionOf = (given: Readonly<Record<string, unknown>>, problems: Problems): Action =>
  (readAction(given['action'], 'action', { problems, parseTime, forGraph: false }) ??
    'create') as Action;

/** The requestId of a request that has not been parsed, if it has an acceptable one. */
export function requestIdOf(input: unknown): string | undefined {
  const requestId = valueIn(input, 'requestId');
  return isExcelError(requestId) ? undefined : readRequestId(requestId, 'requestId', quietly());
}

/** The action of a request that has not been parsed; `create` if the word is unknown. */
export const actionIn = (input: unknown): Action =>
  (readAction(valueIn(input, 'action'), 'action', quietly()) ?? 'create') as Action;

/** Whether a request that has not been parsed asks for a new meeting, so that it needs no id of its own. */
export function isCreate(input: unknown): boolean {
  const action = valueIn(input, 'action');
  return isAbsent(action) || readAction(action, 'action', quietly()) === 'create';
}

/** The revision of a request that has not been parsed, if it has an acceptable one. */
export const revisionIn = (input: unknown): number | undefined =>
  readRevision(valueIn(input, 'revision'), 'revision', quietly());

function valueIn(input: unknown, name: string): unknown {
  const given = openEnvelope(input);
  return isRecord(given) ? given[name] : undefined;
}

/** A reading that ignores problems: parsing the whole request finds them again. */
const quietly = (): Reading => ({ problems: new Problems(), parseTime, forGraph: false });

/** Opens a list with a single event: Event Grid delivers events in lists. */
function onlyEventOf(value: unknown): unknown {
  if (!Array.isArray(value) || value.length !== 1) return value;
  const [event] = value as readonly unknown[];
  const opened = openEnvelope(event);
  return opened === event ? value : opened;
}

/** The problem of input that cannot be one request. */
function problemWithWhole(given: unknown): string | undefined {
  const isList = Array.isArray(given) || (isRecord(given) && Array.isArray(given['requests']));
  if (isList)
    return 'Expected one request, got a list. Send a list to POST /api/batches, or as one message to the queue.';
  if (!isRecord(given))
    return `Expected a request, which is an object, got ${describeValue(given)}.`;
  const envelope = envelopeName(given);
  return envelope === undefined
    ? undefined
    : `This is ${envelope} without a request in it. Send the request itself.`;
}

function readingOf(
  given: Readonly<Record<string, unknown>>,
  action: Action,
  problems: Problems,
): Reading {
  const base: Reading = {
    problems,
    parseTime,
    forGraph: false,
    ...(action === 'update' && { keepsEmptyLists: true }),
  };
  if (action === 'cancel') return base;
  const dateOrder = readDateOrder(given['dateOrder'], 'dateOrder', base) as DateOrder | undefined;
  const timeZone = readTimeZone(given['timeZone'], 'timeZone', base);
  return { ...base, parseTime: (value) => parseTime(value, { timeZone, dateOrder }) };
}

const readDateOrder = choiceReader(dateOrders);

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
