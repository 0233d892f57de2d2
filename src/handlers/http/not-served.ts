import { MeetingError, toErrorBody } from '../../errors/meeting-error';
import { shorten } from '../../errors/problems';
import { operations } from '../../openapi/operations';
import { errorAnswer, type HttpHandler } from './response';
import { wrongMethodAnswer } from './wrong-method';

interface Endpoint {
  /** Upper case. */
  readonly method: string;
  readonly path: string;
}

const endpoints: readonly Endpoint[] = [
  ...operations.map(({ method, path }) => ({ method: method.toUpperCase(), path })),
  { method: 'GET', path: '/openapi.json' },
  { method: 'GET', path: '/app' },
  { method: 'POST', path: '/mcp' },
];

/** A parameter of a path matches one segment; the host ignores case in the rest. */
const matches = (endpoint: Endpoint, path: string): boolean =>
  new RegExp(
    `^${endpoint.path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`,
    'i',
  ).test(path);

const ofGraph = endpoints
  .filter(({ path }) => path.startsWith('/v1.0/'))
  .map(({ method, path }) => `${method} ${path}`)
  .join(', ');

/**
 * Every address under `/api` that is not served: refused with an error in Graph's format, and not logged, because
 * anybody may call it.
 */
export const makeNotServedHandler =
  (now: () => Date): HttpHandler =>
  (request, context) => {
    const path = `/${request.params['path'] ?? ''}`;
    const methods = endpoints.filter((each) => matches(each, path)).map(({ method }) => method);
    const call = { request, context, clock: { now } };
    return Promise.resolve(
      methods.length > 0
        ? wrongMethodAnswer(methods, call)
        : errorAnswer(toErrorBody(refusal(path)), call),
    );
  };

function refusal(path: string): MeetingError {
  const [, version = ''] = /^\/(v1\.0|beta)(?:\/|$)/i.exec(path) ?? [];
  if (version === '')
    return new MeetingError(
      'endpointNotFound',
      `The endpoint ${shorten(`/api${path}`)} does not exist.`,
    );
  if (/^\/[^/]+\/\$batch$/i.test(path))
    return new MeetingError('notImplemented', 'JSON batching is not supported.');
  return new MeetingError(
    'endpointNotFound',
    `Convoke supports only these Microsoft Graph calls: ${ofGraph}.`,
    { remedy: 'Send this call to Microsoft Graph itself.' },
  );
}
