import type { z } from 'zod';
import { header, type GraphRequest } from './call';
import { badRequest, schemaMismatch } from './graph-error';

/** The JSON object in a request's body. */
export function readObject(request: GraphRequest): object {
  if (request.text === '') throw badRequest('Request payload cannot be null.');
  const isJson = /\bjson\b/i.test(header(request, 'content-type') ?? '');
  const { json } = request;
  if (!isJson || typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw badRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
  return json;
}

/** The body, parsed with the schema. Throws an error that names the first invalid property. */
export function readBody<Schema extends z.ZodType>(
  request: GraphRequest,
  schema: Schema,
): z.output<Schema> {
  const result = schema.safeParse(readObject(request));
  if (result.success) return result.data;
  throw schemaMismatch(String(result.error.issues[0]?.path[0] ?? ''));
}
