import type { MeetingErrorBody } from '../errors/meeting-error';
import type { OnlineMeeting } from '../requests/online-meeting';
import type { MeetingResult } from './meeting-result';

/**
 * A queue message holds 64 KiB; base64 takes a third of it. One limit for both encodings keeps results alike.
 * https://learn.microsoft.com/azure/storage/queues/scalability-targets
 */
export const maxMessageBytes = 48 * 1024;

/** Properties kept if the meeting does not fit: enough to join it and to find it again. */
const essentialProperties = [
  'id',
  'joinWebUrl',
  'subject',
  'startDateTime',
  'endDateTime',
  'joinMeetingIdSettings',
] as const;

/** JSON with all non-ASCII characters escaped, so that consumers cannot get the encoding wrong. */
export const toAsciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** An escaped character takes six bytes instead of one. */
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

/** Paths kept in `notApplied` if the full list does not fit. */
const minNotApplied = 100;

/**
 * The result, shortened to fit into one queue message. `truncated` lists the omitted paths, also those of an earlier
 * result whose meeting this is, unless the meeting has them again.
 */
export function fitResult(given: MeetingResult, limit = maxMessageBytes): MeetingResult {
  const { truncated: before = [], ...others } = given;
  const omitted = before.filter((path) => !isInMeeting(path, given.meeting));
  const result = { ...others, ...(omitted.length > 0 && { truncated: omitted }) };
  if (fits(result, limit)) return result;
  if (result.meeting === null) return withFewerDetails(result, limit);
  for (const shorten of [withoutJoinInformation, withoutAttendees, essentialOnly]) {
    const { meeting, truncated } = shorten(result.meeting);
    const candidate = { ...result, meeting, truncated: [...new Set([...omitted, ...truncated])] };
    if (fits(candidate, limit)) return candidate;
  }
  const { meeting, truncated } = essentialOnly(result.meeting);
  const last = {
    ...result,
    meeting,
    notApplied: result.notApplied.slice(0, minNotApplied),
    truncated: [...new Set([...omitted, ...truncated, 'notApplied'])],
  };
  return fits(last, limit)
    ? last
    : { ...last, meeting: null, truncated: ['meeting', 'notApplied'] };
}

const isInMeeting = (path: string, meeting: OnlineMeeting | null): boolean => {
  const [first, ...names] = path.split('.');
  const inside = (value: unknown, name: string): unknown =>
    (value as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return first === 'meeting' && names.length > 0 && names.reduce(inside, meeting) !== undefined;
};

/** Shortens the list of problems: without a meeting, only that can be too long. */
function withFewerDetails(result: MeetingResult, limit: number): MeetingResult {
  const { details = [], ...error } = result.error ?? {};
  const shortened = { ...result, truncated: [...(result.truncated ?? []), 'error.details'] };
  for (let kept = details.length >> 1; kept > 0; kept >>= 1) {
    const candidate = {
      ...shortened,
      error: { ...error, details: details.slice(0, kept) } as MeetingErrorBody,
    };
    if (fits(candidate, limit)) return candidate;
  }
  return { ...shortened, error: result.error === null ? null : (error as MeetingErrorBody) };
}
