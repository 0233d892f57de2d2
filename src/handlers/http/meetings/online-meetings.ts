import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Config } from '../../../config/config';
import { invalidRequest } from '../../../errors/invalid-request';
import { createMeeting } from '../../../meetings/create/create-meeting';
import type { Outcome } from '../../../meetings/outcome';
import { createOrGetId, ownRequestId } from '../../../meetings/derived-ids';
import { hasMeeting } from '../../../meetings/ledger';
import type { MeetingRequest } from '../../../requests/meeting-request';
import { parseOnlineMeeting } from '../../../requests/parse/parse-online-meeting';
import { errorOf, metadataOf, type CreateMeetingDependencies } from './create-meeting';
import { clientRequestIdOf, errorAnswer, type HttpCall, type HttpHandler } from '../response';
import { readJson } from '../body';
import { acceptLanguage, checkIdempotencyKey } from '../request-options';
import { isEmptyMeeting, recordedRequest } from './recorded-request';
import { signedInUserId } from '../sign-in';

/** The user on whose behalf a call comes, and the requestId that its key stands for. */
interface Caller {
  readonly organizer: string;
  readonly requestIdOf: (key: string) => string;
}

type FindCaller = (request: HttpRequest) => Caller;

/** `/users/{userId}`: for callers who may name any organizer. */
const callerInAddress: FindCaller = (request) => ({
  organizer: request.params['userId'] ?? '',
  requestIdOf: (key) => key,
});

/** `/me`: the signed-in caller becomes the organizer. */
const signedInCaller =
  (signIn: Config['signIn']): FindCaller =>
  (request) => {
    const organizer = signedInUserId(request.headers, signIn);
    return { organizer, requestIdOf: (key) => ownRequestId(organizer, key) };
  };

type Kind = 'create' | 'createOrGet';

/** Graph's own call, https://learn.microsoft.com/graph/api/application-post-onlinemeetings, made repeatable by `Idempotency-Key`. */
export const makeCreateOnlineMeetingHandler = (deps: CreateMeetingDependencies): HttpHandler =>
  serve('create', callerInAddress, deps);

/** The same call below `/me`: the signed-in user becomes the organizer. */
export const makeCreateMyOnlineMeetingHandler = (
  deps: CreateMeetingDependencies,
  signIn: Config['signIn'],
): HttpHandler => serve('create', signedInCaller(signIn), deps);

/** Graph's own call, https://learn.microsoft.com/graph/api/onlinemeeting-createorget, but with every option. */
export const makeCreateOrGetOnlineMeetingHandler = (deps: CreateMeetingDependencies): HttpHandler =>
  serve('createOrGet', callerInAddress, deps);

/** The same call below `/me`: the signed-in user becomes the organizer. */
export const makeCreateOrGetMyOnlineMeetingHandler = (
  deps: CreateMeetingDependencies,
  signIn: Config['signIn'],
): HttpHandler => serve('createOrGet', signedInCaller(signIn), deps);

function serve(kind: Kind, findCaller: FindCaller, deps: CreateMeetingDependencies): HttpHandler {
  return async (request, context) => {
    const caller = findCaller(request);
    const given = await readMeeting({ request, caller, kind }, deps);
    const language = acceptLanguage(request);
    const meetingRequest = { ...given, ...(language !== undefined && { language }) };
    const outcome = await createMeeting(meetingRequest, metadataOf(context, deps), deps);
    return answerMeeting(outcome, { request, context, clock: deps.clock });
  };
}

interface OnlineMeetingCall {
  readonly request: HttpRequest;
  readonly caller: Caller;
  readonly kind: Kind;
}

async function readMeeting(
  { request, caller, kind }: OnlineMeetingCall,
  { ledger }: CreateMeetingDependencies,
): Promise<MeetingRequest> {
  const { organizer, requestIdOf } = caller;
  const body = await readJson(request, {});
  const given = checkIdempotencyKey(request);
  const requestId = given === undefined ? undefined : requestIdOf(given);
  if (isEmptyMeeting(body)) return recordedRequest(requestId, organizer, ledger);
  const parsed = parseOnlineMeeting(body, {
    organizer,
    ...(kind === 'createOrGet' && { externalId: 'required' }),
  });
  if (!parsed.ok) throw invalidRequest('The meeting is not valid.', parsed.problems);
  const { externalId } = parsed.request;
  const id =
    requestId ??
    (externalId === undefined ? undefined : requestIdOf(createOrGetId(organizer, externalId)));
  return { ...parsed.request, ...(id !== undefined && { requestId: id }) };
}

function answerMeeting({ result, repeated }: Outcome, call: HttpCall): HttpResponseInit {
  if (!hasMeeting(result.status)) return errorAnswer(errorOf(result), call);
  const { request, context } = call;
  return {
    status: !repeated && result.status === 'created' ? 201 : 200,
    headers: {
      'client-request-id': clientRequestIdOf(request, context),
      ...(result.notApplied.length > 0 && { 'Convoke-Not-Applied': result.notApplied.join(', ') }),
    },
    jsonBody: result.meeting,
  };
}
