import type { MeetingErrorBody } from '../errors/meeting-error';
import type { OnlineMeeting } from '../requests/online-meeting';
import type { MeetingResult } from './meeting-result';

/**
 * A queue message holds 64 KiB; base64 takes a third of it. One size for both encodings keeps results alike.
 * https://learn.microsoft.com/azure/storage/queues/scalability-targets
 */
export const maximumMessageBytes = 48 * 1024;

/** What a meeting is worth keeping for when it does not fit: enough to join it and to find it again. */
const essentialProperties = [
  'id',
  'joinWebUrl',
  'subject',
  'startDateTime',
  'endDateTime',
  'joinMeetingIdSettings',
] as const;

/** JSON with every non-ASCII character escaped, so that no consumer can get the encoding wrong. */
export const toAsciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** An escaped character takes six for one. */
const fits = (result: MeetingResult, limit: number): boolean => {
  const { length } = JSON.stringify(result);
  return 6 * length <= limit || (length <= limit && toAsciiJson(result).length <= limit);
};

type Shortening = (meeting: OnlineMeeting) => {
  readonly meeting: OnlineMeeting;
  readonly truncated: readonly string[];
};

const withoutJoinInformation: Shortening = ({ joinInformation: _, ...meeting }) => ({
  meeting,
  truncated: ['meeting.joinInformation'],
});

const withoutAttendees: Shortening = (meeting) => {
  const { attendees: _, ...participants } = meeting.participants ?? {};
  return {
    meeting: { ...withoutJoinInformation(meeting).meeting, participants },
    truncated: ['meeting.joinInformation', 'meeting.participants.attendees'],
  };
};

const essentialOnly: Shortening = (meeting) => {
  const kept = new Set<string>(essentialProperties);
  const entries = Object.entries(meeting);
  return {
    meeting: Object.fromEntries(entries.filter(([name]) => kept.has(name))) as OnlineMeeting,
    truncated: entries
      .map(([name]) => name)
      .filter((name) => !kept.has(name))
      .map((name) => `meeting.${name}`),
  };
};

/** So many of what was not applied are named when all of them are too much. */
const minNotApplied = 100;

/** The result, shortened until it fits into one queue message; what was left out is named in `truncated`. */
export function fitResult(result: MeetingResult, limit = maximumMessageBytes): MeetingResult {
  if (fits(result, limit)) return result;
  if (result.meeting === null) return withFewerDetails(result, limit);
  for (const shorten of [withoutJoinInformation, withoutAttendees, essentialOnly]) {
    const candidate = { ...result, ...shorten(result.meeting) };
    if (fits(candidate, limit)) return candidate;
  }
  const { meeting, truncated } = essentialOnly(result.meeting);
  const last = {
    ...result,
    meeting,
    notApplied: result.notApplied.slice(0, minNotApplied),
    truncated: [...truncated, 'notApplied'],
  };
  return fits(last, limit)
    ? last
    : { ...last, meeting: null, truncated: ['meeting', 'notApplied'] };
}

/** Without a meeting only a long list of problems is too much. */
function withFewerDetails(result: MeetingResult, limit: number): MeetingResult {
  const { details = [], ...error } = result.error ?? {};
  const shortened = { ...result, truncated: ['error.details'] };
  for (let kept = details.length >> 1; kept > 0; kept >>= 1) {
    const candidate = {
      ...shortened,
      error: { ...error, details: details.slice(0, kept) } as MeetingErrorBody,
    };
    if (fits(candidate, limit)) return candidate;
  }
  return { ...shortened, error: result.error === null ? null : (error as MeetingErrorBody) };
}
