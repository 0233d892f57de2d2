import { changeErrors, failures, meetingErrors, storedMeetingErrors } from './error-codes';
import {
  cancelResultExample,
  changeResultExample,
  invitationExamples,
  meetingResultExample,
  requestChangeExample,
  requestStateExample,
} from './examples';
import type { Answer, Operation } from './operation';
import * as parameters from './parameters';

const result = (description: string, status: string): Answer => ({
  description,
  schema: 'MeetingResult',
  example: { ...meetingResultExample, status },
});

/** Answers of a request that makes a meeting. */
export const results = {
  200: result('The request already had its meeting, which is returned again.', 'existing'),
  201: result('The meeting was created.', 'created'),
};

export const requestOperations: readonly Operation[] = [
  {
    operationId: 'getRequest',
    method: 'get',
    path: '/requests/{requestId}',
    tag: 'Requests',
    summary: 'Get a request',
    description:
      'Returns the state of a request, its result once it has one, its current meeting, and its changes.',
    access: 'key',
    parameters: [parameters.requestId, parameters.live],
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
      ...storedMeetingErrors,
      'misconfigured',
      'internalError',
      'storageUnavailable',
    ],
  },
  {
    operationId: 'updateRequest',
    method: 'patch',
    path: '/requests/{requestId}',
    tag: 'Requests',
    summary: 'Change a meeting',
    description:
      'Changes the properties in the body. If there are two changes, the one with the higher revision takes precedence.',
    access: 'key',
    parameters: [parameters.requestId, parameters.refresh],
    body: { schema: 'RequestChange', example: requestChangeExample },
    answers: {
      200: {
        description: 'The meeting matches the body, or a newer change takes precedence.',
        schema: 'MeetingResult',
        example: changeResultExample,
      },
    },
    errors: [...meetingErrors, ...changeErrors],
  },
  {
    operationId: 'cancelRequest',
    method: 'delete',
    path: '/requests/{requestId}',
    tag: 'Requests',
    summary: 'Cancel a meeting',
    description:
      'Deletes the meeting of a request. This is final: later requests with this requestId are refused.',
    access: 'key',
    parameters: [parameters.requestId, parameters.comment, parameters.revision],
    answers: {
      200: {
        description: 'The meeting is cancelled, and no other will be created.',
        schema: 'MeetingResult',
        example: cancelResultExample,
      },
    },
    errors: [...meetingErrors, ...changeErrors],
  },
  {
    operationId: 'getInvitation',
    method: 'get',
    path: '/requests/{requestId}/invitation',
    tag: 'Requests',
    summary: 'Get an invitation',
    description:
      'Returns the invitation to the meeting of a request for your own email: as text, as HTML, or for calendars.',
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
      ...failures,
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
      'Retries a request that ended without a meeting. If the request already has its meeting, that meeting is returned.',
    access: 'key',
    parameters: [parameters.requestId, parameters.confirm],
    answers: results,
    errors: [...meetingErrors, 'requestNotFound', 'confirmationNeeded'],
  },
];
