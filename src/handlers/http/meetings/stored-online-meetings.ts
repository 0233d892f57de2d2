import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Config } from '../../../config/config';
import { invalidRequest } from '../../../errors/invalid-request';
import type { GraphDependencies } from '../../../meetings/dependencies';
import type { CallOptions } from '../../../meetings/ports';
import {
  deleteMeeting,
  findMeetings,
  readMeeting,
  updateMeeting,
} from '../../../meetings/calls/stored-meetings';
import { parseMeetingChange } from '../../../requests/parse/parse-meeting-change';
import { readJson } from '../body';
import { acceptLanguage } from '../request-options';
import { meetingIdIn, meetingKeyIn, refuseQuery, select } from './graph-address';
import { clientRequestIdOf, type HttpHandler } from '../response';
import { signedInUserId } from '../sign-in';
import { wrongMethodAnswer } from '../wrong-method';

interface StoredMeetingDependencies extends GraphDependencies {
  /** Time limit of one call to Graph, in milliseconds. */
  readonly callTimeoutMs: number;
}

/** Finds the organizer on whose behalf a call comes. */
type FindOrganizer = (request: HttpRequest) => string;

/** `/me`: only the signed-in caller. In `/users/{userId}` the address says who it is. */
export const signedInOrganizer =
  (signIn: Config['signIn']): FindOrganizer =>
  (request) =>
    signedInUserId(request.headers, signIn);

type MakeHandler = (find: FindOrganizer, deps: StoredMeetingDependencies) => HttpHandler;

/** Graph's own call: https://learn.microsoft.com/graph/api/onlinemeeting-get */
export const makeGetOnlineMeetingHandler: MakeHandler = (find, deps) =>
  withId(deps, async (request, context) => {
    refuseQuery(request, ['$select']);
    const call = { ...callOf(request, find, deps), meetingId: meetingIdIn(request) };
    const meeting = await readMeeting(call, deps);
    return answer(select(meeting, request), request, context);
  });

/** Graph's own call with `$filter`: https://learn.microsoft.com/graph/api/onlinemeeting-get */
export const makeFindOnlineMeetingsHandler: MakeHandler =
  (find, deps) => async (request, context) => {
    refuseQuery(request, ['$filter', '$select']);
    const call = { ...callOf(request, find, deps), key: meetingKeyIn(request) };
    const found = await findMeetings(call, deps);
    const value = found.value.map((meeting) => select(meeting, request));
    return answer({ ...found, value }, request, context);
  };

/** Graph's own call: https://learn.microsoft.com/graph/api/onlinemeeting-update */
export const makeUpdateOnlineMeetingHandler: MakeHandler = (find, deps) =>
  withId(deps, async (request, context) => {
    refuseQuery(request, []);
    const call = { ...callOf(request, find, deps), meetingId: meetingIdIn(request) };
    const parsed = parseMeetingChange(await readJson(request));
    if (!parsed.ok) throw invalidRequest('The change is not valid.', parsed.problems);
    return answer(
      await updateMeeting({ ...call, change: parsed.properties }, deps),
      request,
      context,
    );
  });

/** Graph's own call: https://learn.microsoft.com/graph/api/onlinemeeting-delete */
export const makeDeleteOnlineMeetingHandler: MakeHandler = (find, deps) =>
  withId(deps, async (request, context) => {
    refuseQuery(request, []);
    const call = { ...callOf(request, find, deps), meetingId: meetingIdIn(request) };
    await deleteMeeting(call, deps);
    return { status: 204, headers: headersOf(request, context) };
  });

/** Refuses these methods for `createOrGet`, which is in the place of an id and has a method of its own. */
const withId =
  ({ clock }: StoredMeetingDependencies, handler: HttpHandler): HttpHandler =>
  async (request, context) =>
    request.params['meetingId']?.toLowerCase() === 'createorget'
      ? wrongMethodAnswer(['POST'], { request, context, clock })
      : handler(request, context);

/** Leaves time for one interrupted call and one that succeeds. */
function callOf(
  request: HttpRequest,
  find: FindOrganizer,
  { clock, callTimeoutMs }: StoredMeetingDependencies,
): { readonly organizer: string; readonly options: CallOptions } {
  const language = acceptLanguage(request);
  const deadline = clock.now().getTime() + 2 * callTimeoutMs;
  return {
    organizer: find(request),
    options: { deadline, ...(language !== undefined && { language }) },
  };
}

const answer = (
  jsonBody: object,
  request: HttpRequest,
  context: InvocationContext,
): HttpResponseInit => ({ status: 200, headers: headersOf(request, context), jsonBody });

const headersOf = (request: HttpRequest, context: InvocationContext) => ({
  'client-request-id': clientRequestIdOf(request, context),
});
