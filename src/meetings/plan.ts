import {
  createOnlyProperties,
  createOrGetProperties,
  patchableProperties,
  type OnlineMeetingInput,
} from '../requests/online-meeting';
import type { MeetingRequest } from '../requests/meeting-request';

/**
 * The way in which a meeting is made. `ensure`: createOrGet, then one PATCH; repeatable at any point. `createOnce`: a
 * plain create behind the ledger row, for options that exist only at creation. `ensureEvent`: an event in the
 * organizer's calendar, step by step; repeatable at any point. `create`: a plain create without a requestId; not
 * repeatable.
 */
export type Plan = RecordedPlan | 'create';

/** The plans of requests with a ledger row: a row is claimed before its meeting is created. */
export type RecordedPlan = 'ensure' | 'createOnce' | 'ensureEvent';

/** The plan of a request with a requestId. */
export function planFor(request: MeetingRequest): RecordedPlan {
  if (request.calendar !== undefined) return 'ensureEvent';
  if (request.externalId !== undefined) return 'ensure';
  return needsPlainCreate(request.meeting) ? 'createOnce' : 'ensure';
}

/** createOrGet always answers "no passcode", so only a required passcode needs the plain create. */
const needsPlainCreate = (meeting: OnlineMeetingInput): boolean =>
  createOnlyProperties.some((property) =>
    property === 'joinMeetingIdSettings'
      ? meeting.joinMeetingIdSettings?.isPasscodeRequired === true
      : meeting[property] !== undefined,
  );

/** The properties of a meeting that createOrGet accepts: https://learn.microsoft.com/graph/api/onlinemeeting-createorget */
export const createOrGetBody = (meeting: OnlineMeetingInput): OnlineMeetingInput =>
  Object.fromEntries(
    createOrGetProperties
      .filter((property) => meeting[property] !== undefined)
      .map((property) => [property, meeting[property]]),
  );

/**
 * The options at these paths that a PATCH can set; undefined if there are none. Always whole top-level properties,
 * because Graph replaces them as a whole.
 */
export function missingOptions(
  requested: OnlineMeetingInput,
  notApplied: readonly string[],
): OnlineMeetingInput | undefined {
  const missing = new Set(notApplied.map((path) => path.split(/[.[]/, 1)[0]));
  const names = optionNames.filter((name) => missing.has(name) && requested[name] !== undefined);
  return names.length === 0
    ? undefined
    : Object.fromEntries(names.map((name) => [name, requested[name]]));
}

/** Excludes the properties that identify the meeting. */
const optionNames = patchableProperties.filter(
  (name) => name !== 'subject' && name !== 'startDateTime' && name !== 'endDateTime',
);
