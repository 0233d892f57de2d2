import * as z from 'zod';
import { invalidRequest } from '../errors/invalid-request';
import { Problems } from '../errors/problems';
import { argumentOf } from './arguments';
import { requestIdOf } from './request-id';

/** The requestId as tools take it. */
export const requestId = z
  .string()
  .describe('The id of the request. The same id never creates a second meeting.');

/** The properties of a new meeting, as tools take them. */
export const meetingShape = {
  requestId: requestId
    .describe(
      'Identifies the request. If you leave it out, it is derived from the organizer, subject and start. Set it only if two meetings have the same values for all three.',
    )
    .optional(),
  organizer: z
    .string()
    .describe(
      'Who organizes the meeting: email address or object id. You can use organizerPool instead.',
    )
    .optional(),
  organizerPool: z
    .string()
    .describe('The name of a pool from which one organizer is chosen. Use it instead of organizer.')
    .optional(),
  subject: z.string(),
  start: z.string().describe('ISO 8601, for example 2030-01-15T14:30:00.'),
  end: z.string().describe('ISO 8601. You can use durationMinutes instead.').optional(),
  durationMinutes: z.number().int().min(1).optional(),
  timeZone: z
    .string()
    .describe('IANA time zone name for times without an offset, for example Europe/Lisbon.')
    .optional(),
  attendees: z.array(z.string()).describe('Email addresses.').optional(),
  options: z
    .record(z.string(), z.unknown())
    .describe(
      "More properties of Microsoft Graph's onlineMeeting, for example lobbyBypassSettings.",
    )
    .optional(),
};

/** The properties of a change; those left out stay as they are. */
export const changeShape = {
  requestId,
  subject: meetingShape.subject.optional(),
  start: meetingShape.start.optional(),
  end: meetingShape.end,
  durationMinutes: meetingShape.durationMinutes,
  timeZone: meetingShape.timeZone,
  attendees: meetingShape.attendees,
  options: meetingShape.options,
};

type MeetingInput = z.output<z.ZodObject<typeof meetingShape>>;
type ChangeInput = Omit<z.output<z.ZodObject<typeof changeShape>>, 'requestId'>;

/** The body of createMeeting. */
export const toRequest = (input: MeetingInput): object => ({
  requestId: requestIdOf(input),
  organizer: input.organizer,
  organizerPool: input.organizerPool,
  ...toChange(input),
});

/** The body of updateRequest. @throws MeetingError `invalidRequest` if options repeat an argument. */
export function toChange(input: ChangeInput): object {
  refuseTwice(input);
  const { attendees } = input;
  const times = { startDateTime: input.start, endDateTime: input.end };
  return {
    timeZone: input.timeZone,
    durationMinutes: input.durationMinutes,
    meeting: {
      ...input.options,
      ...withoutAbsent({ subject: input.subject, ...times }),
      ...(attendees !== undefined && { participants: { attendees: attendees.join(';') } }),
    },
  };
}

function refuseTwice(input: ChangeInput): void {
  const problems = new Problems();
  const given = new Set(Object.keys(withoutAbsent(input)));
  for (const [property, argument] of Object.entries(argumentOf))
    if (input.options?.[property] !== undefined && given.has(argument))
      problems.add(
        'conflicting',
        `options.${property}`,
        `Use either this or ${argument}, not both.`,
      );
  if (problems.count > 0) throw invalidRequest('The arguments are not valid.', problems.list());
}

const withoutAbsent = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
