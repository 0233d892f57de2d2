import type { MeetingErrorCode } from '../errors/meeting-error';
import {
  createOrGetExample,
  graphMeetingExample,
  invitationExamples,
  meetingRequestExample,
  meetingResultExample,
  onlineMeetingExample,
  requestStateExample,
} from './examples';
import type { Answer, Operation } from './operation';
import * as parameters from './parameters';

/** Errors of every endpoint that creates a meeting. */
const meetingErrors: readonly MeetingErrorCode[] = [
  'invalidRequest',
  'graphRejected',
  'forbidden',
  'accessDenied',
  'accessPolicyMissing',
  'applicationRoleMissing',
  'directoryPermissionMissing',
  'organizerNotLicensed',
  'organizerNotFound',
  'requestIdReused',
  'requestInProgress',
  'requestTooLarge',
  'unsupportedEncoding',
  'outcomeUnknown',
  'throttled',
  'misconfigured',
  'internalError',
  'graphAuthenticationFailed',
  'graphUnavailable',
  'identityUnavailable',
  'storageUnavailable',
];

const result = (description: string, status: string): Answer => ({
  description,
  schema: 'MeetingResult',
  example: { ...meetingResultExample, status },
});

const results = {
  200: result('The request already had its meeting, which is returned again.', 'existing'),
  201: result('The meeting was created.', 'created'),
};

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
      'Creates one Teams meeting. The same requestId never creates a second one; it returns the first.',
    access: 'key',
    parameters: [...graphHeaders, parameters.preview],
    body: { schema: 'MeetingRequest', example: meetingRequestExample },
    answers: results,
    errors: meetingErrors,
  },
  {
    operationId: 'createOnlineMeeting',
    method: 'post',
    path: '/v1.0/users/{userId}/onlineMeetings',
    tag: 'Meetings',
    summary: "Create onlineMeeting, as Graph's own call",
    description:
      "Takes and gives what Microsoft Graph's own call does, and can be repeated under an Idempotency-Key.",
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
    description: "As Microsoft Graph's own call, but every option of a meeting has its effect.",
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
    description: 'The caller becomes the organizer. Needs App Service authentication.',
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
    description: 'As createOrGet; the caller is the organizer. Needs App Service authentication.',
    access: 'signIn',
    parameters: graphHeaders,
    body: { schema: 'CreateOrGetInput', example: createOrGetExample },
    answers: graphAnswers,
    errors: ['unauthenticated', ...meetingErrors],
  },
  {
    operationId: 'getRequest',
    method: 'get',
    path: '/requests/{requestId}',
    tag: 'Requests',
    summary: 'Get a request',
    description: 'How far a request has come, and its result once it has one.',
    access: 'key',
    parameters: [parameters.requestId],
    answers: {
      200: {
        description: 'The request.',
        schema: 'RequestState',
        example: requestStateExample,
      },
    },
    errors: [
      'invalidRequest',
      'forbidden',
      'requestNotFound',
      'misconfigured',
      'internalError',
      'storageUnavailable',
    ],
  },
  {
    operationId: 'getInvitation',
    method: 'get',
    path: '/requests/{requestId}/invitation',
    tag: 'Requests',
    summary: 'Get an invitation',
    description:
      'The invitation to the meeting of a request, for a mail of your own: as text, as HTML, or for calendars.',
    access: 'key',
    parameters: [parameters.requestId, parameters.acceptLanguage, ...parameters.invitationQuery],
    answers: { 200: { description: 'The invitation.', otherForms: invitationExamples } },
    errors: [
      'invalidRequest',
      'forbidden',
      'accessDenied',
      'accessPolicyMissing',
      'applicationRoleMissing',
      'organizerNotLicensed',
      'graphRejected',
      'requestNotFound',
      'requestInProgress',
      'meetingNotFound',
      'throttled',
      'misconfigured',
      'internalError',
      'graphAuthenticationFailed',
      'graphUnavailable',
      'identityUnavailable',
      'storageUnavailable',
    ],
  },
  {
    operationId: 'retryRequest',
    method: 'post',
    path: '/requests/{requestId}/retry',
    tag: 'Requests',
    summary: 'Retry a request',
    description:
      'Retries a request that ended without a meeting. A request that has its meeting returns it.',
    access: 'key',
    parameters: [parameters.requestId, parameters.confirm],
    answers: results,
    errors: [...meetingErrors, 'requestNotFound', 'confirmationNeeded'],
  },
];
