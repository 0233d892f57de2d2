import type { MeetingErrorCode } from '../errors/meeting-error';
import { failures, refusals } from './error-codes';
import { onlineMeetingExample } from './examples';
import type { Operation } from './operation';
import * as parameters from './parameters';

/** Errors of every call about a meeting that exists. */
const errors: readonly MeetingErrorCode[] = [...refusals, 'meetingNotFound', ...failures];

type Call = Pick<Operation, 'method' | 'summary' | 'description' | 'body' | 'answers'> & {
  readonly name: readonly [before: string, after: string];
  readonly path: '' | '/{meetingId}';
  readonly more?: Operation['parameters'];
  readonly noContent?: string;
  readonly errors?: readonly MeetingErrorCode[];
};

const meeting = {
  description: 'The meeting, as Microsoft Graph returns it.',
  schema: 'OnlineMeeting',
  example: onlineMeetingExample,
} as const;

const calls: readonly Call[] = [
  {
    name: ['get', 'OnlineMeeting'],
    method: 'get',
    path: '/{meetingId}',
    summary: "Get onlineMeeting, as Graph's own call",
    description: 'Returns the current meeting of the organizer in Microsoft Graph.',
    more: [parameters.select, parameters.acceptLanguage],
    answers: { 200: meeting },
  },
  {
    name: ['find', 'OnlineMeetings'],
    method: 'get',
    path: '',
    summary: "Find onlineMeeting, as Graph's own call",
    description: 'Finds one meeting of the organizer by its link or its meeting id.',
    more: [parameters.meetingFilter, parameters.select, parameters.acceptLanguage],
    answers: {
      200: {
        description: 'A list with the meeting.',
        schema: 'OnlineMeetings',
        example: { value: [onlineMeetingExample] },
      },
    },
  },
  {
    name: ['update', 'OnlineMeeting'],
    method: 'patch',
    path: '/{meetingId}',
    summary: "Update onlineMeeting, as Graph's own call",
    description:
      'Changes the properties in the body. Send both times or neither. The attendees replace the whole list.',
    body: { schema: 'OnlineMeetingChange', example: { subject: 'Parent evening, new room' } },
    answers: { 200: meeting },
    errors: ['requestTooLarge', 'unsupportedEncoding'],
  },
  {
    name: ['delete', 'OnlineMeeting'],
    method: 'delete',
    path: '/{meetingId}',
    summary: "Delete onlineMeeting, as Graph's own call",
    description: 'Deletes a meeting of the organizer. Its link stops working.',
    answers: {},
    noContent: 'The meeting is deleted.',
  },
];

function toOperation(call: Call, own: boolean): Operation {
  const { name, path, more = [], errors: others = [], summary, description, ...rest } = call;
  return {
    ...rest,
    operationId: name.join(own ? 'My' : ''),
    path: `/v1.0/${own ? 'me' : 'users/{userId}'}/onlineMeetings${path}`,
    tag: 'Meetings',
    summary: own ? `${summary}, for the signed-in caller` : summary,
    description: own
      ? `${description} The caller is the organizer. Requires App Service authentication.`
      : description,
    access: own ? 'signIn' : 'key',
    parameters: [
      ...(own ? [] : [parameters.userId]),
      ...(path === '' ? [] : [parameters.meetingId]),
      ...more,
      parameters.clientRequestId,
    ],
    errors: [...(own ? (['unauthenticated'] as const) : []), ...errors, ...others],
  };
}

/** Graph's own calls about a meeting that exists, for any organizer and for the signed-in caller. */
export const storedMeetingOperations: readonly Operation[] = calls.flatMap((call) => [
  toOperation(call, false),
  toOperation(call, true),
]);
