import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

const timeoutMs = 240_000;

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/**
 * Passes a request on to the server that the library opens when the app asks for HTTP streaming, and its answer back.
 * A handler that throws never answers there: the caller waits for the time limit, in Azure too.
 * https://github.com/Azure/azure-functions-nodejs-library/issues/324
 */
export async function forward(
  { request, response }: Exchange,
  target: URL,
  invocationId: string,
): Promise<void> {
  const onward = httpRequest(new URL(request.url ?? '/', target), {
    method: request.method ?? 'GET',
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      ...request.headers,
      'x-ms-invocation-id': invocationId,
      'x-forwarded-host': request.headers.host ?? '',
      'x-forwarded-proto': 'http',
    },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    onward.once('response', resolve).on('error', reject);
  });
  request.pipe(onward);
  // Also when the caller goes away before there is an answer.
  response.once('close', () => onward.destroy());
  const answer = await answered;
  const { connection: _, 'x-ms-invocation-id': __, ...headers } = answer.headers;
  response.writeHead(answer.statusCode ?? 502, headers);
  await pipeline(answer, response);
  // An app may answer before it has read everything; the rest of the body must not stand before the next request.
  request.unpipe(onward).resume();
}
