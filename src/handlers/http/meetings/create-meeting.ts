import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { MeetingDependencies } from '../../../meetings/dependencies';
import type { Outcome } from '../../../meetings/outcome';
import { invalidRequest } from '../../../errors/invalid-request';
import { MeetingError, toErrorBody, type MeetingErrorBody } from '../../../errors/meeting-error';
import { notApplied } from '../../../meetings/calls/not-applied';
import { carryOut } from '../../../meetings/carry-out';
import { isChange } from '../../../meetings/change';
import { parseMeetingRequest } from '../../../requests/parse/parse-meeting-request';
import { isRecord } from '../../../requests/readers/scalar';
import { withPastProblem } from '../../../requests/past-meeting';
import type { MeetingRequest } from '../../../requests/meeting-request';
import type { MessageMetadata } from '../../../requests/message-metadata';
import { errorAnswer, type HttpCall, type HttpDependencies, type HttpHandler } from '../response';
import { readJson } from '../body';
import { acceptLanguage, checkIdempotencyKey } from '../request-options';

export type CreateMeetingDependencies = MeetingDependencies & HttpDependencies;

/** `POST /api/createMeeting[?refresh=true]`: a MeetingRequest in, a MeetingResult out. */
export function makeCreateMeetingHandler(deps: CreateMeetingDependencies): HttpHandler {
  return async (request, context) => {
    const meetingRequest = requestIn(await readJson(request), request, deps);
    const outcome = await carryOut(meetingRequest, metadataOf(context, deps), deps);
    return answerOutcome(withOptionsNotApplied(outcome, meetingRequest), {
      request,
      context,
      clock: deps.clock,
    });
  };
}

/**
 * Lists the options of a repeated request that its meeting does not have: a requestId stands for one meeting, so the
 * options of the first call count.
 */
function withOptionsNotApplied(outcome: Outcome, request: MeetingRequest): Outcome {
  const { result, repeated } = outcome;
  const { meeting, truncated } = result;
  const isComparable = meeting !== null && truncated === undefined;
  if (!repeated || !isComparable || isChange(request) || request.calendar !== undefined)
    return outcome;
  const missing = [...result.notApplied, ...notApplied(request.meeting, meeting)];
  return { ...outcome, result: { ...result, notApplied: [...new Set(missing)] } };
}

/** The request in a body, completed from the headers. @throws MeetingError `invalidRequest`. */
export function requestIn(
  input: unknown,
  request: HttpRequest,
  { clock, allowPast }: Pick<CreateMeetingDependencies, 'clock' | 'allowPast'>,
): MeetingRequest {
  const parsed = parseMeetingRequest(withQuery(input, request));
  const key = checkIdempotencyKey(request, parsed.ok ? parsed.request.requestId : undefined);
  if (!parsed.ok) {
    const problems = withPastProblem(parsed.problems, parsed.meeting, {
      now: clock.now(),
      allowPast,
    });
    throw invalidRequest('The request is not valid.', problems);
  }
  const language = parsed.request.language ?? acceptLanguage(request);
  return {
    ...parsed.request,
    ...(key !== undefined && { requestId: key }),
    ...(language !== undefined && { language }),
  };
}

/** `?refresh=true` means the same as `refresh` in the body. */
function withQuery(body: unknown, { query }: HttpRequest): unknown {
  const refresh = query.get('refresh');
  return refresh === null || !isRecord(body) ? body : { ...body, refresh };
}

/** An HTTP call arrives once, now. */
export function metadataOf(
  { traceContext }: InvocationContext,
  { clock }: HttpDependencies,
): MessageMetadata {
  const traceparent = traceContext?.traceParent;
  return {
    attempts: 0,
    acceptedDateTime: clock.now().toISOString(),
    ...(typeof traceparent === 'string' && traceparent !== '' && { traceparent }),
  };
}

/** The result as an HTTP answer: 201 for a new meeting, 200 for every other result without an error. */
export function answerOutcome({ result, repeated }: Outcome, call: HttpCall): HttpResponseInit {
  if (hasFailed(result)) return errorAnswer(errorOf(result), call);
  const isNew = !repeated && result.status === 'created';
  return {
    status: isNew ? 201 : 200,
    jsonBody: repeated && result.status === 'created' ? { ...result, status: 'existing' } : result,
  };
}

/** A meeting that Graph made only partly has an error too, but it exists. */
const hasFailed = ({ status, error }: Outcome['result']): boolean =>
  status === 'failed' || status === 'unknown' || (status === 'cancelled' && error !== null);

/** Every result without a meeting has its error. */
export const errorOf = ({ error }: Outcome['result']): MeetingErrorBody =>
  error ??
  toErrorBody(
    new MeetingError('internalError', 'The result does not contain the reason for the failure.'),
  );
