import { catalogue } from './catalogue';

/** A code of the catalogue. Codes are part of the public contract. */
export type MeetingErrorCode = keyof typeof catalogue;

/** All codes, in the order of the catalogue. */
export const meetingErrorCodes = Object.keys(catalogue) as MeetingErrorCode[];

/** One thing that is wrong with a request: `target` is its JSON path (`meeting.participants.attendees[2].role`). */
export interface Problem {
  readonly code: string;
  readonly target: string;
  readonly message: string;
}

/**
 * Whether Graph may have carried out the call. `no` is certain: refused, throttled or never sent. `unknown`:
 * interrupted after the request was sent.
 */
export type Executed = 'no' | 'unknown';

/** Parts of an error. Without `executed`, the call had no effect; without `remedy`, the catalogue's applies. */
export interface MeetingErrorOptions extends ErrorOptions {
  readonly target?: string | undefined;
  readonly details?: readonly Problem[] | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly graphRequestId?: string | undefined;
  readonly executed?: Executed | undefined;
  readonly remedy?: string | undefined;
}

/** An error from the closed list, thrown by the core and its adapters. */
export class MeetingError extends Error {
  override readonly name = 'MeetingError';
  readonly code: MeetingErrorCode;
  readonly remedy: string;
  readonly retryable: boolean;
  readonly executed: Executed;
  readonly target: string | undefined;
  readonly details: readonly Problem[] | undefined;
  /** The wait that the server asked for, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  readonly graphRequestId: string | undefined;

  constructor(code: MeetingErrorCode, message: string, options: MeetingErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.remedy = options.remedy ?? catalogue[code].remedy;
    this.retryable = catalogue[code].retryable;
    this.executed = options.executed ?? 'no';
    this.target = options.target;
    this.details = options.details;
    this.retryAfterMs = options.retryAfterMs;
    this.graphRequestId = options.graphRequestId;
  }
}

/** A copy of the error with another value of `executed`. */
export const withExecuted = (error: MeetingError, executed: Executed): MeetingError =>
  error.executed === executed
    ? error
    : new MeetingError(error.code, error.message, { ...error, cause: error.cause, executed });

/** The public form of an error, in results and in HTTP answers. */
export interface MeetingErrorBody {
  readonly code: MeetingErrorCode;
  readonly message: string;
  readonly remedy: string;
  readonly retryable: boolean;
  readonly target?: string;
  readonly details?: readonly Problem[];
  readonly graphRequestId?: string;
}

/** The public form of a MeetingError. */
export function toErrorBody(error: MeetingError): MeetingErrorBody {
  return {
    code: error.code,
    message: error.message,
    remedy: error.remedy,
    retryable: error.retryable,
    ...(error.target !== undefined && { target: error.target }),
    ...(error.details !== undefined && { details: error.details }),
    ...(error.graphRequestId !== undefined && { graphRequestId: error.graphRequestId }),
  };
}

/** Any thrown value as a MeetingError. An unexpected one becomes `internalError` without its message. */
export function toMeetingError(thrown: unknown): MeetingError {
  if (thrown instanceof MeetingError) return thrown;
  return new MeetingError('internalError', 'Something went wrong inside this app.', {
    cause: thrown,
    executed: 'unknown',
  });
}
