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
    remedy: 'Send one JSON object, or an array of them, as UTF-8 text (base64 of it is fine too).',
  },
  requestTooLarge: {
    retryable: false,
    remedy: 'Send fewer or smaller requests in one call.',
  },
  unsupportedEncoding: {
    retryable: false,
    remedy: 'Send the body as it is or compressed with gzip.',
  },
  endpointNotFound: {
    retryable: false,
    remedy: 'Compare the address with /api/openapi.json, which lists every endpoint.',
  },
  methodNotAllowed: {
    retryable: false,
    remedy: 'Use one of the methods in the header Allow.',
  },
  notImplemented: {
    retryable: false,
    remedy: 'Send each request of the batch alone, or a list of meetings to POST /api/batches.',
  },
  requestIdReused: {
    retryable: false,
    remedy: 'Give the other meeting a requestId of its own.',
  },
  meetingExpired: {
    retryable: false,
    remedy: 'Send the request under a new requestId to get a new meeting.',
  },
  requestInProgress: {
    retryable: true,
    remedy: 'Wait as long as Retry-After says and send the same request again to get its result.',
  },
  requestNotFound: {
    retryable: false,
    remedy: 'Check the requestId; requests are forgotten some time after they are finished.',
  },
  meetingNotFound: {
    retryable: true,
    remedy:
      'Check the id and the organizer. Graph can take seconds to find a new meeting, and forgets one that was deleted or has expired.',
  },
  batchNotFound: {
    retryable: false,
    remedy: 'Check the address; batches are forgotten some time after they are finished.',
  },
  batchFinished: {
    retryable: false,
    remedy: 'Read the results of the batch; there is nothing left to cancel.',
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
    remedy: 'Send the request again if you want the meeting after all.',
  },
  requestCancelled: {
    retryable: false,
    remedy: 'Send the meeting under a new requestId if you want it after all.',
  },
  revisionReused: {
    retryable: false,
    remedy: 'Give each change of a request a higher revision than the one before.',
  },
  noMeeting: {
    retryable: false,
    remedy:
      'Get the request to see why it has no meeting. Retry it, or send the whole meeting with the action upsert.',
  },
  confirmationNeeded: {
    retryable: false,
    remedy:
      'The meeting cannot be looked up, and its link is lost. To create it, possibly a second time, add ?confirm=true.',
  },
  unauthenticated: {
    retryable: false,
    remedy: 'Sign in with Microsoft Entra ID; App Service authentication must be on for this app.',
  },
  forbidden: {
    retryable: false,
    remedy: 'Ask the operator of this app for the role that the message names.',
  },
  organizerNotFound: {
    retryable: false,
    remedy:
      'Name a user of this tenant by object id, user principal name or e-mail address; a group or a guest cannot organize.',
  },
  organizerPoolNotFound: {
    retryable: false,
    remedy:
      'Name a pool that ORGANIZER_POOLS has, or an organizer. If the group of a pool is gone, ask the operator of this app to name another one.',
  },
  organizerPoolExhausted: {
    retryable: true,
    remedy:
      'Nothing is lost: the request is retried automatically, or send it again as Retry-After says. To continue this month, add people to the group of the pool.',
  },
  organizerNotLicensed: {
    retryable: false,
    remedy:
      'Assign the organizer a licence that includes Microsoft Teams, or name another organizer.',
  },
  accessPolicyMissing: {
    retryable: false,
    remedy:
      'Grant the organizer a Teams application access policy that lists the client id of this app’s identity; it takes up to 30 minutes to take effect.',
  },
  applicationRoleMissing: {
    retryable: false,
    remedy:
      'Grant the app’s identity the application permission OnlineMeetings.ReadWrite.All; a token from before the grant is kept for up to 24 hours.',
  },
  calendarNotEnabled: {
    retryable: false,
    remedy: 'Leave out calendar, or ask the operator of this app to set up calendars.',
  },
  mailboxOutOfScope: {
    retryable: false,
    remedy:
      'Ask the operator of this app to add the organizer to the group of CALENDAR_GROUP; Exchange follows within two hours.',
  },
  teamsNotInMailbox: {
    retryable: false,
    remedy:
      'Allow Teams meetings in the organizer’s mailbox, then retry the request; or leave out calendar.',
  },
  eventDeleted: {
    retryable: false,
    remedy: 'Retry the request if you want the meeting after all.',
  },
  invitationsWithheld: {
    retryable: false,
    remedy:
      'Nobody has been invited. Update the request with options that Graph takes: that sends the invitations. Or set them in Outlook and invite people there.',
  },
  accessDenied: {
    retryable: false,
    remedy:
      'Check the application permission OnlineMeetings.ReadWrite.All, the application access policy and the organizer’s Teams licence; /api/doctor tells which.',
  },
  directoryPermissionMissing: {
    retryable: false,
    remedy:
      'Send object ids instead of names, or grant the app’s identity the application permission User.Read.All.',
  },
  graphRejected: {
    retryable: false,
    remedy:
      'Compare the request with the documentation of Create onlineMeeting; Graph’s own words are in the message.',
  },
  graphAuthenticationFailed: {
    retryable: true,
    remedy:
      'Check that GRAPH_SCOPE and the identity belong to the cloud that GRAPH_BASE_URL names.',
  },
  identityUnavailable: {
    retryable: true,
    remedy:
      'Check that the managed identity is assigned to the app and that AZURE_CLIENT_ID is its client id.',
  },
  throttled: {
    retryable: true,
    remedy:
      'Wait as long as Retry-After says; spread meetings over more organizers if it happens often.',
  },
  graphUnavailable: {
    retryable: true,
    remedy:
      'Send the same request again later; a request with a requestId makes no second meeting.',
  },
  outcomeUnknown: {
    retryable: false,
    remedy:
      'The meeting cannot be looked up, and its link is lost. Ask for it again (a retry needs ?confirm=true). At worst, one meeting stays unused.',
  },
  storageUnavailable: {
    retryable: true,
    remedy:
      'Send the same request again. If it fails again, check the app’s storage account and its role assignments.',
  },
  processingFailed: {
    retryable: false,
    remedy: 'Look up the logs by this requestId, fix the cause, and send the request again.',
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
