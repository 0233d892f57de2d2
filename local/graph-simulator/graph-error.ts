/** An answer that is not a success, with Graph's error body. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>> = {};
  /** Members beside code and message. */
  readonly more: object = {};

  constructor(status: number, code: string, message = '') {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** https://learn.microsoft.com/graph/throttling */
export class ThrottledError extends GraphError {
  override readonly headers: Readonly<Record<string, string>>;

  constructor(seconds: number) {
    super(429, 'TooManyRequests', 'Please retry again later.');
    this.headers = { 'retry-after': String(Math.ceil(seconds)) };
  }
}

const codes: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  409: 'Conflict',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

/** An error with only its status. */
export function genericError(status: number): GraphError {
  const message = status === 429 ? 'Please retry again later.' : 'An error has occurred.';
  return new GraphError(status, codes[status] ?? 'UnknownError', message);
}

/** Returns 400 with Graph's usual code. */
export function badRequest(message = 'An error has occurred.'): GraphError {
  return new GraphError(400, 'BadRequest', message);
}

/** Graph's error for a value of the wrong type, an unknown enum member or an unreadable time. */
export function schemaMismatch(property: string): GraphError {
  return badRequest(`Property ${property} in payload has a value that does not match schema.`);
}

type ErrorContext = {
  readonly now: Date;
  readonly requestId: string;
  readonly clientRequestId: string;
};

/** https://learn.microsoft.com/graph/errors; throttling adds further members. */
export function toErrorBody(error: GraphError, context: ErrorContext): object {
  const innerError = {
    date: context.now.toISOString().slice(0, 19),
    'request-id': context.requestId,
    'client-request-id': context.clientRequestId,
    ...(error.status === 429 ? { code: '429', message: 'Please retry after', status: '429' } : {}),
  };
  return { error: { code: error.code, message: error.message, ...error.more, innerError } };
}
