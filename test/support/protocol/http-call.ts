import type { HttpRequest } from '@azure/functions';
import {
  makeCancelRequestHandler,
  makeUpdateRequestHandler,
} from '../../../src/handlers/http/meetings/change-request';
import { makeCreateMeetingHandler } from '../../../src/handlers/http/meetings/create-meeting';

/** A call over HTTP, whose caller waits for the answer. */
export interface HttpCall {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly requestId: string;
  readonly body?: object;
  readonly query?: Readonly<Record<string, string>>;
}

export const httpHandlers = {
  POST: makeCreateMeetingHandler,
  PATCH: makeUpdateRequestHandler,
  DELETE: makeCancelRequestHandler,
} as const;

/** The part of a request that the handlers use. */
export const httpRequest = ({ requestId, body, query = {} }: HttpCall): HttpRequest =>
  ({
    headers: new Headers(),
    params: { requestId },
    query: new URLSearchParams(query),
    body: body === undefined ? null : [Buffer.from(JSON.stringify(body))],
  }) as unknown as HttpRequest;
