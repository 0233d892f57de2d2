import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const timeoutMs = 240_000;

/** A call and its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Where a request is forwarded. */
interface Onward {
  /** The library's server in the worker process. */
  readonly server: URL;
  readonly invocationId: string;
  readonly bodyLimitBytes: number;
  /** Called when the answer begins. */
  readonly onStatus: (status: number | undefined) => void;
}

/**
 * Forwards a request to the library's server, which exists if the app has enabled HTTP streaming, and returns its
 * answer. A handler that throws never answers there: the caller waits for the time limit, in Azure too.
 * https://github.com/Azure/azure-functions-nodejs-library/issues/324
 */
export async function forward({ request, response }: Exchange, onward: Onward): Promise<void> {
  const call = httpRequest(new URL(request.url ?? '/', onward.server), {
    method: request.method ?? 'GET',
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      ...request.headers,
      'x-ms-invocation-id': onward.invocationId,
      'x-forwarded-host': request.headers.host ?? '',
      'x-forwarded-proto': 'http',
    },
  });
  const answered = Promise.withResolvers<IncomingMessage>();
  call.once('response', answered.resolve).on('error', answered.reject);
  // Also if the caller closes the connection before the answer.
  response.once('close', () => call.destroy());
  const limited = request.pipe(limitTo(onward.bodyLimitBytes)).on('error', answered.reject);
  limited.pipe(call);
  try {
    const answer = await answered.promise;
    onward.onStatus(answer.statusCode);
    const { connection: _, 'x-ms-invocation-id': __, ...headers } = answer.headers;
    response.writeHead(answer.statusCode ?? 502, headers);
    await pipeline(answer, response);
  } finally {
    // An app may answer before it has read the whole body; the rest must not block the next request.
    request.unpipe(limited).resume();
  }
}

function limitTo(limitBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > limitBytes) done(new Error(`The body is larger than ${limitBytes} bytes.`));
      else done(null, chunk);
    },
  });
}
