import { maxReminderMinutes, showAs, type CalendarInput, type Invitee } from '../calendar';
import { createOnlyProperties, type OnlineMeetingInput } from '../online-meeting';
import { describeValue, type Problems } from '../../errors/problems';
import { checkCount, inviteesReader, mergeInvitees } from './invitees';
import { refusing } from './refusing';
import { emptyList, listReader, objectReader } from './object';
import { choiceReader, isAbsent, isRecord, readBoolean, readText, type Reader } from './scalar';

/** Plain text, or Graph's itemBody. */
const readBody: Reader<CalendarInput['body']> = (value, target, reading) => {
  if (!isRecord(value)) {
    const content = readText(value, target, reading);
    return content === undefined ? undefined : { contentType: 'text', content };
  }
  const body = readItemBody(value, target, reading);
  if (body?.content === undefined) return undefined;
  return { contentType: body.contentType ?? 'text', content: body.content };
};

const readItemBody = objectReader(
  { contentType: choiceReader(['text', 'html']), content: readText },
  'calendar.body',
) as Reader<Partial<NonNullable<CalendarInput['body']>>>;

const readMinutes: Reader<number> = (value, target, { problems }) => {
  if (isAbsent(value)) return undefined;
  const minutes = typeof value === 'string' ? Number(value) : value;
  if (typeof minutes === 'number' && Number.isInteger(minutes)) {
    if (minutes >= 0 && minutes <= maxReminderMinutes) return minutes;
  }
  const message = `Expected a whole number of minutes from 0 to ${maxReminderMinutes}, got ${describeValue(value)}.`;
  return problems.add('wrongType', target, message);
};

type Given = Omit<CalendarInput, 'invite'> & {
  readonly enabled?: boolean;
  readonly invite?: readonly Invitee[];
  readonly inviteOptional?: readonly Invitee[];
};

const readProperties = objectReader(
  {
    enabled: readBoolean,
    invite: inviteesReader('required'),
    inviteOptional: inviteesReader('optional'),
    body: readBody,
    location: readText,
    reminderMinutesBeforeStart: readMinutes,
    showAs: choiceReader(showAs),
    categories: listReader((value, target, reading) => readText(value, target, reading)?.trim()),
    hideAttendees: readBoolean,
    responseRequested: readBoolean,
    comment: refusing('Only a cancel can have a comment.'),
  },
  'calendar',
  new Map([
    ['attendees', 'invite'],
    ['optionalAttendees', 'inviteOptional'],
    ['reminder', 'reminderMinutesBeforeStart'],
  ]),
) as Reader<Given>;

/** Reads `calendar`: true, or the properties of the event. Undefined if no event is wanted. */
export const readCalendar: Reader<CalendarInput> = (value, target, reading) => {
  if (isAbsent(value)) return undefined;
  if (!isRecord(value)) return readBoolean(value, target, reading) === true ? {} : undefined;
  const {
    enabled = true,
    invite = [],
    inviteOptional = [],
    ...others
  } = readProperties(value, target, reading) ?? {};
  const uninvites = emptyList(value['invite'], reading) !== undefined;
  if (!enabled || (Object.values(value).every(isAbsent) && !uninvites)) return undefined;
  const people = mergeInvitees([...invite, ...inviteOptional]);
  checkCount(people, `${target}.invite`, reading);
  return { ...others, ...((people.length > 0 || uninvites) && { invite: people }) };
};

/** Refuses options that a meeting made through an event cannot have. */
export function checkMeetingOfEvent(meeting: OnlineMeetingInput, problems: Problems): void {
  for (const name of createOnlyProperties)
    if (meeting[name] !== undefined)
      problems.add(
        'unsupportedProperty',
        `meeting.${name}`,
        'This option is not available for calendar meetings, because Exchange creates them. Remove this option, or remove calendar.',
      );
  for (const [index, { upn }] of (meeting.participants?.attendees ?? []).entries())
    if (upn === undefined)
      problems.add(
        'missing',
        `meeting.participants.attendees[${index}].upn`,
        'Calendar meetings invite people by email. Add an email address for this person.',
      );
}
