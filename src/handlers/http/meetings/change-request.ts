import type { HttpRequest } from '@azure/functions';
import { carryOut } from '../../../meetings/carry-out';
import { invalidRequest } from '../../../errors/invalid-request';
import { MeetingError, type Problem } from '../../../errors/meeting-error';
import { parseMeetingRequest } from '../../../requests/parse/parse-meeting-request';
import { isAbsent, isRecord } from '../../../requests/readers/scalar';
import { describeValue, wholeRequest } from '../../../errors/problems';
import { readJson } from '../body';
import { checkQueryNames } from '../request-options';
import { answerOutcome, metadataOf, type CreateMeetingDependencies } from './create-meeting';
import { requestIdIn } from './requests';
import type { HttpHandler } from '../response';

/** `PATCH /api/requests/{requestId}[?refresh=true]`: changes the meeting of a request. */
export const makeUpdateRequestHandler = (deps: CreateMeetingDependencies): HttpHandler =>
  serve(deps, async (request, requestId) => {
    checkQueryNames(request, ['refresh']);
    const body = await readJson(request);
    if (!isRecord(body)) throw invalidRequest('The change is not valid.', [notAnObject(body)]);
    refuseOther(body, { requestId, action: 'update' });
    const refresh = request.query.get('refresh') ?? body['refresh'];
    return { ...body, action: 'update', ...(!isAbsent(refresh) && { refresh }) };
  });

/** `DELETE /api/requests/{requestId}[?comment=][&revision=]`: cancels the meeting of a request, for good. */
export const makeCancelRequestHandler = (deps: CreateMeetingDependencies): HttpHandler =>
  serve(deps, (request) => {
    checkQueryNames(request, ['comment', 'revision']);
    const { comment, revision } = Object.fromEntries(request.query);
    return Promise.resolve({ action: 'cancel', comment, revision });
  });

const notAnObject = (body: unknown): Problem => ({
  code: 'wrongType',
  target: wholeRequest,
  message: `Expected an object, got ${describeValue(body)}.`,
});

type ReadChange = (request: HttpRequest, requestId: string) => Promise<object>;

function serve(deps: CreateMeetingDependencies, readChange: ReadChange): HttpHandler {
  return async (request, context) => {
    const requestId = await requestIdIn(request, deps.ledger);
    const parsed = parseMeetingRequest({ ...(await readChange(request, requestId)), requestId });
    if (!parsed.ok) throw invalidRequest('The change is not valid.', parsed.problems);
    const outcome = await carryOut(parsed.request, metadataOf(context, deps), deps);
    return answerOutcome(outcome, { request, context, clock: deps.clock });
  };
}

/** The body may repeat values of the address, if they are equal. */
function refuseOther(
  body: Readonly<Record<string, unknown>>,
  said: Readonly<Record<string, string>>,
): void {
  for (const [name, value] of Object.entries(said)) {
    const given = body[name];
    if (isAbsent(given) || given === value) continue;
    const message = `The call has ${name} ${value}, but its body has ${describeValue(given)}.`;
    const problem = { code: 'conflicting', target: name, message };
    throw new MeetingError('invalidRequest', message, { target: name, details: [problem] });
  }
}
