/**
 * The closed list of errors. The code is part of the public contract: callers branch on it, never on a message.
 * `retryable` says whether sending the same request again, unchanged, can help; `remedy` is the next step for a person.
 */
export const catalogue = {
  invalidRequest: {
    retryable: false,
    remedy: 'Fix the problems listed in details, then send the request again.',
  },
  invalidMessage: {
    retryable: false,
    remedy: 'Send one JSON object, or an array of objects, as UTF-8 text. Base64 is also accepted.',
  },
  requestTooLarge: {
    retryable: false,
    remedy: 'Send fewer or smaller requests in one call.',
  },
  unsupportedEncoding: {
    retryable: false,
    remedy: 'Send the body uncompressed, or compressed with gzip.',
  },
  endpointNotFound: {
    retryable: false,
    remedy: 'Check the URL against /api/openapi.json, which lists every endpoint.',
  },
  methodNotAllowed: {
    retryable: false,
    remedy: 'Use one of the methods in the Allow header.',
  },
  notImplemented: {
    retryable: false,
    remedy:
      'Send each request in the batch separately, or send a list of meetings to POST /api/batches.',
  },
  requestIdReused: {
    retryable: false,
    remedy: 'Use a different requestId for the other meeting.',
  },
  meetingExpired: {
    retryable: false,
    remedy: 'Send the request under a new requestId to get a new meeting.',
  },
  requestInProgress: {
    retryable: true,
    remedy: 'Wait for the time in Retry-After, then send the same request again to get its result.',
  },
  requestNotFound: {
    retryable: false,
    remedy: 'Check the requestId. Finished requests are removed after the retention period.',
  },
  meetingNotFound: {
    retryable: true,
    remedy:
      'Check the id and the organizer. Graph can take a few seconds to find a new meeting, and cannot find one that was deleted or has expired.',
  },
  batchNotFound: {
    retryable: false,
    remedy:
      'Check the id or the address of the batch. Finished batches are removed after the retention period.',
  },
  batchFinished: {
    retryable: false,
    remedy: 'Read the results of the batch. There is nothing left to cancel.',
  },
  batchNotFinished: {
    retryable: false,
    remedy: 'Wait until the batch is finished, then call again.',
  },
  batchCancelled: {
    retryable: false,
    remedy: 'Send the rows again as a new batch.',
  },
  cancelled: {
    retryable: false,
    remedy: 'If you still want the meeting, send the request again.',
  },
  requestCancelled: {
    retryable: false,
    remedy: 'If you still want the meeting, send it under a new requestId.',
  },
  revisionReused: {
    retryable: false,
    remedy: 'Use a higher revision for each change of a request than for the previous one.',
  },
  noMeeting: {
    retryable: false,
    remedy:
      'Get the request to see why it has no meeting. Then retry it, or send the whole meeting with the action upsert.',
  },
  confirmationNeeded: {
    retryable: false,
    remedy:
      'To create the meeting, possibly a second time, add ?confirm=true. A first meeting may exist, but it cannot be looked up and its link is lost.',
  },
  unauthenticated: {
    retryable: false,
    remedy:
      'Sign in with Microsoft Entra ID. App Service authentication must be turned on for this app.',
  },
  forbidden: {
    retryable: false,
    remedy: 'Ask the operator of this app for the role specified in the message.',
  },
  organizerNotFound: {
    retryable: false,
    remedy:
      'Use the object id, user principal name or email address of a user in this tenant. Groups and guests cannot organize meetings.',
  },
  organizerPoolNotFound: {
    retryable: false,
    remedy:
      'Use a pool from ORGANIZER_POOLS, or specify an organizer. If the pool’s group no longer exists, ask the operator of this app to set another one.',
  },
  organizerPoolExhausted: {
    retryable: true,
    remedy:
      'Nothing is lost. Queued requests are retried automatically. Over HTTP, wait for the time in Retry-After, then send the request again. To create more meetings this month, add people to the pool’s group.',
  },
  organizerNotLicensed: {
    retryable: false,
    remedy:
      'Assign the organizer a licence that includes Microsoft Teams, or specify another organizer.',
  },
  accessPolicyMissing: {
    retryable: false,
    remedy:
      'Grant the organizer a Teams application access policy that lists the client id of this app’s identity. Allow up to 30 minutes for it to take effect.',
  },
  applicationRoleMissing: {
    retryable: false,
    remedy:
      'Grant the app’s identity the application permission OnlineMeetings.ReadWrite.All. A token issued before the grant stays cached for up to 24 hours.',
  },
  calendarNotEnabled: {
    retryable: false,
    remedy: 'Remove the calendar property, or ask the operator of this app to set up calendars.',
  },
  mailboxOutOfScope: {
    retryable: false,
    remedy:
      'Ask the operator of this app to add the organizer to the group in CALENDAR_GROUP. The change takes effect in Exchange within two hours.',
  },
  teamsNotInMailbox: {
    retryable: false,
    remedy:
      'Allow Teams meetings in the organizer’s mailbox, then retry the request. Alternatively, leave out calendar.',
  },
  eventDeleted: {
    retryable: false,
    remedy: 'If you still want the meeting, retry the request.',
  },
  invitationsWithheld: {
    retryable: false,
    remedy:
      'Nobody has been invited. Update the request with options that Graph accepts, which also sends the invitations. Alternatively, set the options in Outlook and invite people there.',
  },
  accessDenied: {
    retryable: false,
    remedy:
      'Check the application permission OnlineMeetings.ReadWrite.All, the application access policy and the organizer’s Teams licence. /api/doctor shows which one is missing.',
  },
  directoryPermissionMissing: {
    retryable: false,
    remedy:
      'Send object ids instead of names, or grant the app’s identity the application permission User.Read.All.',
  },
  graphRejected: {
    retryable: false,
    remedy:
      'Check the request against the Create onlineMeeting documentation. The message contains Graph’s own error text.',
  },
  graphAuthenticationFailed: {
    retryable: true,
    remedy: 'Check that GRAPH_SCOPE and the identity belong to the same cloud as GRAPH_BASE_URL.',
  },
  identityUnavailable: {
    retryable: true,
    remedy:
      'Check that the managed identity is assigned to the app and that AZURE_CLIENT_ID is its client id.',
  },
  throttled: {
    retryable: true,
    remedy:
      'Wait for the time in Retry-After. If this happens often, spread meetings across more organizers.',
  },
  graphUnavailable: {
    retryable: true,
    remedy:
      'Send the same request again later. A request with a requestId never creates a second meeting.',
  },
  outcomeUnknown: {
    retryable: false,
    remedy:
      'The meeting cannot be looked up, and its link is lost. Call POST /api/requests/{requestId}/retry?confirm=true, or request the meeting under a new requestId. At worst, one meeting is left unused.',
  },
  storageUnavailable: {
    retryable: true,
    remedy:
      'Send the same request again. If it fails again, check the app’s storage account and its role assignments.',
  },
  processingFailed: {
    retryable: false,
    remedy:
      'Search the logs for this requestId and fix the cause. Then call POST /api/requests/{requestId}/retry, or send a change again with a higher revision.',
  },
  misconfigured: {
    retryable: false,
    remedy: 'Fix the app settings listed in details, then restart the app.',
  },
  internalError: {
    retryable: false,
    remedy: 'Report the request-id to the operator of this app.',
  },
} as const satisfies Record<string, { retryable: boolean; remedy: string }>;
