import {
  MeetingError,
  type MeetingErrorCode,
  type MeetingErrorOptions,
} from '../../errors/meeting-error';
import { cutText } from '../../errors/cut-text';
import { claimsOf, rolesIn } from './access-token';

/** Why Graph is called: the same status means different things. */
export type Purpose =
  | 'create'
  | 'createOrGet'
  | 'update'
  | 'read'
  | 'find'
  | 'delete'
  | 'findUser'
  | 'checkRights'
  | 'readLicences'
  | 'listMembers'
  | CalendarPurpose;

type CalendarPurpose = 'createEvent' | 'readEvent' | 'updateEvent' | 'cancelEvent' | 'deleteEvent';

/** Calls about an existing meeting. */
const aboutMeeting: ReadonlySet<Purpose> = new Set([
  'update',
  'read',
  'find',
  'delete',
  'checkRights',
]);

/** Calls to a mailbox; Exchange answers these. */
const aboutCalendar: ReadonlySet<Purpose> = new Set([
  'createEvent',
  'readEvent',
  'updateEvent',
  'cancelEvent',
  'deleteEvent',
]);

/** An answer of Microsoft Graph with its status. */
export interface GraphResponse {
  readonly status: number;
  /** Parsed JSON; undefined if the body was missing or incomplete. */
  readonly body: unknown;
  readonly retryAfterMs?: number;
  readonly graphRequestId: string | undefined;
}

/** Statuses that mean that Graph did not carry out the call. With any other error status it may have. */
const notExecuted: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 413, 415, 429]);

const meetingsPermission = 'OnlineMeetings.ReadWrite.All';
/** Maximum number of characters quoted from Graph's message. */
const maxQuoteLength = 300;

/**
 * Translates a refusal by Graph. The status decides, then the roles in our own token. Graph's text decides only where
 * nothing else does, because one cause may have several codes: https://learn.microsoft.com/graph/errors
 */
export function answerToError(
  answer: GraphResponse,
  purpose: Purpose,
  token?: string,
): MeetingError {
  const { status } = answer;
  const said = wordsOf(answer.body);
  const fail = (
    code: MeetingErrorCode,
    message: string,
    more: MeetingErrorOptions = {},
  ): MeetingError =>
    new MeetingError(code, message, {
      graphRequestId: answer.graphRequestId,
      retryAfterMs: answer.retryAfterMs,
      ...more,
    });
  if (status >= 200 && status < 300) {
    return fail('graphUnavailable', 'The response from Microsoft Graph was incomplete.', {
      executed: 'unknown',
    });
  }
  if (status === 429) return fail('throttled', 'Microsoft Graph is throttling this app.');
  if (!notExecuted.has(status)) {
    const message = `Microsoft Graph returned ${status}${said}.`;
    return fail('graphUnavailable', message, { executed: 'unknown' });
  }
  if (status === 401)
    return fail(
      'graphAuthenticationFailed',
      `Microsoft Graph did not accept the app’s token${said}.`,
    );
  if (aboutCalendar.has(purpose) && (status === 403 || status === 404))
    return refusedByExchange(answer, fail);
  if (status === 403) return forbidden({ purpose, said, token }, fail);
  if (status === 404) return notFound(purpose, fail);
  if (status === 400 && codeOf(answer.body) === 'AuthenticationError') {
    return fail(
      'organizerNotLicensed',
      'Microsoft Graph could not act for the organizer. The account does not have Microsoft Teams, or belongs to another organization.',
      { target: 'organizer' },
    );
  }
  return fail('graphRejected', `Microsoft Graph returned ${status}${said}.`, {
    remedy: rejectedRemedies.get(purpose),
  });
}

const graphsText = 'The message contains Graph’s own error text.';
const checkId = `Check the id of the meeting and the organizer. ${graphsText}`;

/** The catalogue's remedy is about making a meeting. */
const rejectedRemedies: ReadonlyMap<Purpose, string> = new Map([
  ['read', checkId],
  ['delete', checkId],
  ['find', `Check the link or the meeting id, and the organizer. ${graphsText}`],
  [
    'update',
    `Check the id of the meeting, and the change against the Update onlineMeeting documentation. ${graphsText}`,
  ],
]);

type Fail = (code: MeetingErrorCode, message: string, more?: MeetingErrorOptions) => MeetingError;

/** The token says nothing about mailboxes: access to them is granted in Exchange, not by a role. */
function refusedByExchange({ status, body }: GraphResponse, fail: Fail): MeetingError {
  if (status === 403)
    return fail('mailboxOutOfScope', 'This app is not allowed to use the organizer’s calendar.', {
      target: 'organizer',
    });
  if (codeOf(body) === 'ErrorItemNotFound')
    return fail('meetingNotFound', 'Microsoft Graph cannot find the event.');
  return fail('organizerNotFound', 'The organizer has no mailbox in Exchange Online.', {
    target: 'organizer',
    remedy: 'Specify an organizer who has a mailbox in Exchange Online, or leave out calendar.',
  });
}

function notFound(purpose: Purpose, fail: Fail): MeetingError {
  if (aboutMeeting.has(purpose))
    return fail('meetingNotFound', 'Microsoft Graph cannot find the meeting.');
  if (purpose === 'listMembers')
    return fail('organizerPoolNotFound', 'The group of this organizer pool does not exist.', {
      target: 'organizerPool',
    });
  if (purpose === 'createOrGet')
    return fail(
      'organizerNotFound',
      'Microsoft Graph cannot find this user, or the meeting of this requestId was deleted.',
      {
        target: 'organizer',
        remedy:
          'Specify a user of this tenant by object id, user principal name or email address. If the organizer is correct, send the request under a new requestId.',
      },
    );
  return fail('organizerNotFound', 'Microsoft Graph cannot find this user.', {
    target: 'organizer',
  });
}

function forbidden(
  {
    purpose,
    said,
    token,
  }: { readonly purpose: Purpose; readonly said: string; readonly token: string | undefined },
  fail: Fail,
): MeetingError {
  if (purpose === 'listMembers')
    return fail(
      'directoryPermissionMissing',
      'The app is not allowed to read the members of the organizer pool’s group.',
      {
        target: 'organizerPool',
        remedy:
          'Specify an organizer, or grant the app’s identity the application permission GroupMember.Read.All.',
      },
    );
  if (purpose === 'findUser' || purpose === 'readLicences') {
    return fail(
      'directoryPermissionMissing',
      'The app is not allowed to look up people, so it cannot resolve a name to an object id.',
      {
        target: 'organizer',
      },
    );
  }
  // Graph says that a meeting belongs to somebody else only to an app that may act for this organizer.
  if (purpose === 'checkRights' && /\b3003\b/.test(said)) return notFound(purpose, fail);
  if (aboutMeeting.has(purpose) && /\b3003\b/.test(said)) {
    return fail('accessDenied', 'The meeting belongs to another organizer.', {
      remedy: 'Use the organizer of the meeting in the address.',
    });
  }
  if (token !== undefined && !rolesIn(claimsOf(token)).includes(meetingsPermission)) {
    return fail(
      'applicationRoleMissing',
      `The app’s token does not carry the role ${meetingsPermission}.`,
    );
  }
  if (/application access policy/i.test(said)) {
    return fail(
      'accessPolicyMissing',
      'No application access policy lets this app act for the organizer.',
    );
  }
  if (/TeamsMeetingProcessorException|\b9024\b|licen[cs]e/i.test(said)) {
    return fail('organizerNotLicensed', 'The organizer has no licence for Microsoft Teams.');
  }
  return fail('accessDenied', `Microsoft Graph refused the organizer${said}.`);
}

/** The error code in Graph's error body, if any. */
export const codeOf = (body: unknown): unknown =>
  (body as { error?: { code?: unknown } } | undefined)?.error?.code;

/** Graph's code and message, shortened, as ` (code: message)`; empty if there are none. */
function wordsOf(body: unknown): string {
  const error = (body as { error?: { code?: unknown; message?: unknown } } | undefined)?.error;
  const parts = [error?.code, error?.message].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  return parts.length === 0 ? '' : ` (${cutText(parts.join(': '), maxQuoteLength)})`;
}
