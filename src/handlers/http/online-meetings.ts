import { createOrGetId } from '../../meetings/create-or-get-id';
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Config } from '../../config/config';
import { invalidRequest } from '../../errors/invalid-request';
import type { Outcome } from '../../meetings/create-meeting';
import { hasMeeting } from '../../meetings/ledger';
import { parseOnlineMeeting, type ParsedRequest } from '../../requests/parse-online-meeting';
import {
  acceptLanguage,
  errorOf,
  runOverHttp,
  type CreateMeetingDependencies,
} from './create-meeting';
import { errorAnswer, errorContext, type HttpHandler } from './response';
import { readJson } from './body';
import { checkIdempotencyKey } from './idempotency-key';
import { signedInUserId } from './sign-in';

/** Graph's own call, https://learn.microsoft.com/graph/api/application-post-onlinemeetings, made repeatable by `Idempotency-Key`. */
export const makeCreateOnlineMeetingHandler =
  (deps: CreateMeetingDependencies): HttpHandler =>
  (request, context) =>
    createFor(organizerIn(request), { request, context, deps });

/** The same for the signed-in caller, who becomes the organizer. */
export const makeCreateMyOnlineMeetingHandler =
  (deps: CreateMeetingDependencies, signIn: Config['signIn']): HttpHandler =>
  async (request, context) =>
    createFor(signedInUserId(request.headers, signIn), { request, context, deps });

/** Graph's own call, https://learn.microsoft.com/graph/api/onlinemeeting-createorget, which here takes every option. */
export const makeCreateOrGetOnlineMeetingHandler =
  (deps: CreateMeetingDependencies): HttpHandler =>
  async (request, context) => {
    const organizer = organizerIn(request);
    const parsed = parseOnlineMeeting(await readJson(request), {
      organizer,
      externalId: 'required',
    });
    return run(parsed, { request, context, deps });
  };

interface Call {
  readonly request: HttpRequest;
  readonly context: InvocationContext;
  readonly deps: CreateMeetingDependencies;
}

const organizerIn = (request: HttpRequest): string => request.params['userId'] ?? '';

async function createFor(organizer: string, call: Call): Promise<HttpResponseInit> {
  return run(parseOnlineMeeting(await readJson(call.request), { organizer }), call);
}

async function run(parsed: ParsedRequest, call: Call): Promise<HttpResponseInit> {
  const { request } = call;
  if (!parsed.ok) throw invalidRequest('The meeting is not valid.', parsed.problems);
  const requestId = checkIdempotencyKey(request) ?? keyOf(parsed.request);
  const language = acceptLanguage(request);
  const outcome = await runOverHttp(
    {
      ...parsed.request,
      ...(requestId !== undefined && { requestId }),
      ...(language !== undefined && { language }),
    },
    call,
  );
  return answerMeeting(outcome, call);
}

const keyOf = ({
  organizer,
  externalId,
}: {
  readonly organizer: string;
  readonly externalId?: string;
}): string | undefined => externalId && createOrGetId(organizer, externalId);

function answerMeeting(
  { result, repeated }: Outcome,
  { request, context, deps }: Call,
): HttpResponseInit {
  if (!hasMeeting(result.status))
    return errorAnswer(errorOf(result), errorContext(request, context, { now: deps.clock.now() }));
  return {
    status: !repeated && result.status === 'created' ? 201 : 200,
    headers: {
      'request-id': context.invocationId,
      'client-request-id': request.headers.get('client-request-id') ?? context.invocationId,
      ...(result.notApplied.length > 0 && { 'Convoke-Not-Applied': result.notApplied.join(', ') }),
    },
    jsonBody: result.meeting,
  };
}
