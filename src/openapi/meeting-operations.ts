import { changeErrors, meetingErrors } from './error-codes';
import {
  createOrGetExample,
  graphMeetingExample,
  meetingRequestExample,
  onlineMeetingExample,
} from './examples';
import type { Answer, Operation } from './operation';
import * as parameters from './parameters';
import { results } from './request-operations';

const meeting = (description: string): Answer => ({
  description,
  schema: 'OnlineMeeting',
  example: onlineMeetingExample,
  headers: ['Convoke-Not-Applied'],
});

const graphAnswers = {
  200: meeting('The meeting already existed and is returned again.'),
  201: meeting('The meeting was created.'),
};

const graphHeaders = [
  parameters.idempotencyKey,
  parameters.acceptLanguage,
  parameters.clientRequestId,
];

export const meetingOperations: readonly Operation[] = [
  {
    operationId: 'createMeeting',
    method: 'post',
    path: '/createMeeting',
    tag: 'Meetings',
    summary: 'Create a meeting',
    description:
      'Creates one Teams meeting, or changes or cancels it. The same requestId never creates a second one, but returns the first.',
    access: 'key',
    parameters: [...graphHeaders, parameters.preview, parameters.refresh],
    body: { schema: 'MeetingRequest', example: meetingRequestExample },
    answers: results,
    errors: [...meetingErrors, ...changeErrors],
  },
  {
    operationId: 'createOnlineMeeting',
    method: 'post',
    path: '/v1.0/users/{userId}/onlineMeetings',
    tag: 'Meetings',
    summary: "Create onlineMeeting, as Graph's own call",
    description:
      "Same request and response as Microsoft Graph's own call, and repeatable with an Idempotency-Key.",
    access: 'key',
    parameters: [parameters.userId, ...graphHeaders],
    body: { schema: 'OnlineMeetingInput', example: graphMeetingExample },
    answers: graphAnswers,
    errors: meetingErrors,
  },
  {
    operationId: 'createOrGetOnlineMeeting',
    method: 'post',
    path: '/v1.0/users/{userId}/onlineMeetings/createOrGet',
    tag: 'Meetings',
    summary: "Create or get onlineMeeting, as Graph's own call",
    description: "Like Microsoft Graph's own call, but every option of a meeting takes effect.",
    access: 'key',
    parameters: [parameters.userId, ...graphHeaders],
    body: { schema: 'CreateOrGetInput', example: createOrGetExample },
    answers: graphAnswers,
    errors: meetingErrors,
  },
  {
    operationId: 'createMyOnlineMeeting',
    method: 'post',
    path: '/v1.0/me/onlineMeetings',
    tag: 'Meetings',
    summary: 'Create onlineMeeting for the signed-in caller',
    description: 'The caller becomes the organizer. Requires App Service authentication.',
    access: 'signIn',
    parameters: graphHeaders,
    body: { schema: 'OnlineMeetingInput', example: graphMeetingExample },
    answers: graphAnswers,
    errors: ['unauthenticated', ...meetingErrors],
  },
  {
    operationId: 'createOrGetMyOnlineMeeting',
    method: 'post',
    path: '/v1.0/me/onlineMeetings/createOrGet',
    tag: 'Meetings',
    summary: 'Create or get onlineMeeting for the signed-in caller',
    description:
      'Like createOrGet, with the caller as the organizer. Requires App Service authentication.',
    access: 'signIn',
    parameters: graphHeaders,
    body: { schema: 'CreateOrGetInput', example: createOrGetExample },
    answers: graphAnswers,
    errors: ['unauthenticated', ...meetingErrors],
  },
];
