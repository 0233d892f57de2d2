import {
  MeetingError,
  type MeetingErrorCode,
  type MeetingErrorOptions,
} from '../../errors/meeting-error';
import { rolesIn } from './access-token';

/** Why Graph is called: the same status means different things. */
export type Purpose = 'create' | 'createOrGet' | 'update' | 'findUser';

export interface GraphAnswer {
  readonly status: number;
  /** Parsed JSON; undefined when there was none or it was cut off. */
  readonly body: unknown;
  readonly retryAfterMs?: number;
  readonly graphRequestId: string | undefined;
}

const meetingsRole = 'OnlineMeetings.ReadWrite.All';
/** Graph's own message is quoted up to this many characters. */
const maxQuoteLength = 300;

/**
 * What a refusal by Graph means. The status decides, then what our own token shows. Graph's text decides only where
 * nothing else does, because its codes differ for one cause: https://learn.microsoft.com/graph/errors
 */
export function answerToError(answer: GraphAnswer, purpose: Purpose, token?: string): MeetingError {
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
    return fail('graphUnavailable', 'Microsoft Graph’s answer was cut off.', {
      executed: 'unknown',
    });
  }
  if (status === 429) return fail('throttled', 'Microsoft Graph asks to slow down.');
  if (status >= 500 || status === 408) {
    return fail('graphUnavailable', `Microsoft Graph answered ${status}.`, { executed: 'unknown' });
  }
  if (status === 401)
    return fail(
      'graphAuthenticationFailed',
      `Microsoft Graph did not accept the app’s token${said}.`,
    );
  if (status === 403) return forbidden({ purpose, said, token }, fail);
  if (status === 404 && purpose === 'update') {
    return fail('graphUnavailable', 'Microsoft Graph does not find the meeting it has just made.');
  }
  if (status === 404)
    return fail('organizerNotFound', 'Microsoft Graph knows no such user.', {
      target: 'organizer',
    });
  return fail('graphRejected', `Microsoft Graph answered ${status}${said}.`);
}

function forbidden(
  {
    purpose,
    said,
    token,
  }: { readonly purpose: Purpose; readonly said: string; readonly token: string | undefined },
  fail: (code: MeetingErrorCode, message: string, more?: MeetingErrorOptions) => MeetingError,
): MeetingError {
  if (purpose === 'findUser') {
    return fail(
      'directoryPermissionMissing',
      'The app may not look up people, so it cannot turn a name into an object id.',
      {
        target: 'organizer',
      },
    );
  }
  if (token !== undefined && !rolesIn(token).includes(meetingsRole)) {
    return fail(
      'applicationRoleMissing',
      `The app’s token does not carry the role ${meetingsRole}.`,
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

/** Graph's code and message, shortened, as ` (code: message)`; empty if there is none. */
function wordsOf(body: unknown): string {
  const error = (body as { error?: { code?: unknown; message?: unknown } } | undefined)?.error;
  const parts = [error?.code, error?.message].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  return parts.length === 0 ? '' : ` (${parts.join(': ').slice(0, maxQuoteLength)})`;
}
