import type { MeetingErrorCode } from '../errors/meeting-error';

/** Errors of every endpoint that creates a meeting. */
export const meetingErrors: readonly MeetingErrorCode[] = [
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
  'requestCancelled',
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
