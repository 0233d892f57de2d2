import type { HttpRequest } from '@azure/functions';
import { toMeetingError } from '../../../errors/meeting-error';
import { previewRequest } from '../../../meetings/preview/preview-request';
import type {
  PreviewDependencies,
  RequestPreview,
} from '../../../meetings/preview/request-preview';
import { previewResult, refusedPreview } from '../../../meetings/preview/preview-result';
import { requestIdOf } from '../../../requests/parse/parse-meeting-request';
import { givenOrganizer } from '../../../results/given-organizer';
import { readJson } from '../body';
import { metadataOf, requestIn } from './create-meeting';
import { checkQueryNames, flagIn } from '../request-options';
import type { HttpDependencies, HttpHandler } from '../response';

/** With `?preview=true`, answers with the predicted outcome of the request and makes nothing; otherwise `handler` answers. */
export const previewing =
  (handler: HttpHandler, deps: PreviewDependencies & HttpDependencies): HttpHandler =>
  async (request, context) => {
    checkQueryNames(request, ['preview', 'refresh']);
    if (!flagIn(request, 'preview')) return handler(request, context);
    const input = await readJson(request);
    const { requestId = '', preview } = await lookAt(input, request, deps);
    const organizer = givenOrganizer(input);
    const metadata = metadataOf(context, deps);
    const result = previewResult({ requestId, organizer, metadata }, preview, deps.clock);
    return { jsonBody: result };
  };

interface Previewed {
  readonly requestId?: string | undefined;
  readonly preview: RequestPreview;
}

/** The preview of a request; an invalid one would be refused. */
async function lookAt(
  input: unknown,
  request: HttpRequest,
  deps: PreviewDependencies,
): Promise<Previewed> {
  try {
    const meetingRequest = requestIn(input, request, deps);
    return {
      requestId: meetingRequest.requestId,
      preview: await previewRequest(meetingRequest, deps),
    };
  } catch (thrown) {
    const error = toMeetingError(thrown);
    if (error.code !== 'invalidRequest') throw error;
    return { requestId: requestIdOf(input), preview: refusedPreview(error) };
  }
}
