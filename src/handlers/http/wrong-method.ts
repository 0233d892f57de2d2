import type { HttpResponseInit } from '@azure/functions';
import { MeetingError, toErrorBody } from '../../errors/meeting-error';
import { errorAnswer, type HttpCall } from './response';

/** Refuses the method of a call, and names those that its address serves: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6 */
export function wrongMethodAnswer(methods: readonly string[], call: HttpCall): HttpResponseInit {
  const supported = methods.join(', ');
  const error = new MeetingError(
    'methodNotAllowed',
    `${call.request.method} is not supported at this address. Supported: ${supported}.`,
  );
  const answer = errorAnswer(toErrorBody(error), call);
  const headers = answer.headers as Readonly<Record<string, string>>;
  return { ...answer, headers: { ...headers, Allow: supported } };
}
