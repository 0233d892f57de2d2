import type { MeetingErrorCode } from '../errors/meeting-error';

/** Errors of a request, its caller, the organizer or the app's permissions. */
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

/** Errors that prevent the call to Graph. */
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

/** Further errors of changes. */
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
