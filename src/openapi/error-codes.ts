import type { MeetingErrorCode } from '../errors/meeting-error';

/** What is wrong with a request, its caller, the rights of the app or the organizer. */
export const refusals: readonly MeetingErrorCode[] = [
  'invalidRequest',
  'graphRejected',
  'forbidden',
  'accessDenied',
  'accessPolicyMissing',
  'applicationRoleMissing',
  'directoryPermissionMissing',
  'organizerNotLicensed',
  'organizerNotFound',
  'organizerPoolNotFound',
];

/** What keeps the app from asking Graph. */
export const failures: readonly MeetingErrorCode[] = [
  'throttled',
  'misconfigured',
  'internalError',
  'graphAuthenticationFailed',
  'graphUnavailable',
  'identityUnavailable',
];

/** Errors of every endpoint that creates a meeting. */
export const meetingErrors: readonly MeetingErrorCode[] = [
  ...refusals,
  'requestIdReused',
  'requestCancelled',
  'requestInProgress',
  'requestTooLarge',
  'unsupportedEncoding',
  'outcomeUnknown',
  'organizerPoolExhausted',
  ...failures,
  'storageUnavailable',
];

/** Errors of changes besides. */
export const changeErrors: readonly MeetingErrorCode[] = [
  'requestNotFound',
  'revisionReused',
  'noMeeting',
  'meetingNotFound',
];

/** Errors of reading a meeting in Graph. */
export const storedMeetingErrors: readonly MeetingErrorCode[] = [
  'meetingNotFound',
  'graphRejected',
  'accessDenied',
  'accessPolicyMissing',
  'applicationRoleMissing',
  'throttled',
  'graphAuthenticationFailed',
  'graphUnavailable',
  'identityUnavailable',
];
