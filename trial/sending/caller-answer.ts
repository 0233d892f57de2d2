import type { HttpAnswer } from './http-client';

/** The answer that a caller got for one request or change. */
export interface CallerAnswer {
  readonly requestId: string;
  readonly revision?: number | undefined;
  /** A person retried the request: the answer is the result of the attempt that made its meeting. */
  readonly isRetry?: true;
  readonly status: number;
  readonly meetingId: string | undefined;
  /** Code of the error. */
  readonly code: string | undefined;
}

/** Returns the id in a meeting of an answer; undefined if there is none. */
const meetingIdIn = (value: unknown): string | undefined => textAt(value, 'id');

/** An answer in Convoke's own format. */
export const toCallerAnswer = (
  subject: Pick<CallerAnswer, 'requestId' | 'revision' | 'isRetry'>,
  { status, body }: HttpAnswer,
): CallerAnswer => ({
  ...subject,
  status,
  meetingId: meetingIdIn(propertyOf(body, 'meeting')),
  code: textAt(propertyOf(body, 'error'), 'code'),
});

/** An answer in Graph's format. */
export const toGraphCallerAnswer = (
  requestId: string,
  { status, body }: HttpAnswer,
): CallerAnswer => ({
  requestId,
  status,
  meetingId: meetingIdIn(body),
  code: textAt(propertyOf(body, 'error'), 'code'),
});

const propertyOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

function textAt(value: unknown, name: string): string | undefined {
  const text = propertyOf(value, name);
  return typeof text === 'string' ? text : undefined;
}
