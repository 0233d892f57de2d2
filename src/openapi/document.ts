import type { MeetingErrorCode } from '../errors/meeting-error';
import { httpStatusOf } from '../errors/http-status';
import { ref, schemaComponents, type JsonSchema } from './components';
import { workbookType } from '../batches/workbook-type';
import { errorExample } from './examples';
import type { Access, Answer, HeaderName, Operation } from './operation';
import { operations } from './operations';

/** Increases with every change that is visible to callers. */
export const apiVersion = '1.0';

const headers: Readonly<Record<HeaderName, object>> = {
  Location: {
    description: 'Absolute address of the progress of the batch. It does not require a key.',
    schema: { type: 'string', format: 'uri' },
  },
  'Retry-After': {
    description: 'How long to wait before the next call, in seconds.',
    schema: { type: 'integer', minimum: 1 },
  },
  'Convoke-Not-Applied': {
    description: 'Options that were requested but differ in Graph’s response.',
    schema: { type: 'string' },
  },
  Link: { description: 'The next page, rel="next".', schema: { type: 'string' } },
};

const securitySchemes = {
  functionKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-functions-key',
    description: 'A function key of the app.',
  },
  masterKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-functions-key',
    description: 'The master key of the app.',
  },
  signIn: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A token of Microsoft Entra ID, where App Service authentication is on.',
  },
};

const securityOf: Readonly<Record<Access, readonly object[]>> = {
  key: [{ functionKey: [] }, { functionKey: [], signIn: [] }],
  masterKey: [{ masterKey: [] }],
  signIn: [{ signIn: [] }],
  anyone: [],
};

const tags: Readonly<Record<Operation['tag'], string>> = {
  Meetings: 'One meeting, now.',
  Batches: 'Many meetings from a list or a sheet.',
  Requests: 'State and result of a request.',
  Operation: 'For operators.',
};

/**
 * The OpenAPI 3.1 description of the API: https://spec.openapis.org/oas/v3.1.1.html `server` is the address of the API;
 * a client generated from a file has no other way to know it.
 */
export function openApiDocument(server = '/api'): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    (paths[operation.path] ??= {})[operation.method] = toOperation(operation);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Convoke',
      version: apiVersion,
      summary: 'One request, one Teams meeting, one result.',
      description:
        "Creates Microsoft Teams meetings. Requests and responses use the format of Microsoft Graph's onlineMeeting.",
      contact: { name: 'The operator of this app' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: server, description: 'The app that served this description.' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: schemaComponents(),
      headers,
      securitySchemes,
      examples: errorExamples(),
    },
  };
}

const toOperation = (operation: Operation): object => ({
  operationId: operation.operationId,
  tags: [operation.tag],
  summary: operation.summary,
  description: operation.description,
  security: securityOf[operation.access],
  parameters: operation.parameters,
  ...(operation.body !== undefined && {
    requestBody: { required: true, content: contentOf(operation.body) },
  }),
  responses: {
    ...(operation.noContent !== undefined && { 204: { description: operation.noContent } }),
    ...answersOf(operation),
    ...errorsOf(operation),
  },
});

const text: JsonSchema = { type: 'string' };
const binary: JsonSchema = { type: 'string', format: 'binary' };

const contentOf = ({ schema, example, otherForms = {} }: Omit<Answer, 'description'>): object => ({
  ...(schema !== undefined && { 'application/json': { schema: ref(schema), example } }),
  ...Object.fromEntries(
    Object.entries(otherForms).map(([type, form]) => [
      type,
      { schema: type === workbookType ? binary : text, example: form },
    ]),
  ),
});

const answersOf = ({ answers }: Operation): object =>
  Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [
      status,
      {
        description: answer.description,
        ...(answer.headers !== undefined && { headers: headerRefs(answer.headers) }),
        content: contentOf(answer),
      },
    ]),
  );

const headerRefs = (names: readonly HeaderName[]): object =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** 429 and 503 say when to retry. */
const retryLater = new Set([409, 429, 502, 503]);

function errorsOf({ errors, access }: Operation): object {
  const byStatus = Map.groupBy(errors, (code) => httpStatusOf[code]);
  const answers = [...byStatus].map(([status, codes]) => [status, errorAnswer(status, codes)]);
  const needsKey = access === 'key' || access === 'masterKey';
  return {
    ...(needsKey && {
      401: { description: 'The key is missing or wrong. The host responds without a body.' },
    }),
    ...(access === 'anyone' && { 429: busy }),
    ...Object.fromEntries(answers),
  };
}

/** https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook#hostjson-settings */
const busy = { description: 'Too many concurrent calls. The host responds without a body.' };

/** Examples of all errors. */
function errorExamples(): object {
  const codes = new Set(operations.flatMap(({ errors }) => errors));
  return Object.fromEntries([...codes].map((code) => [code, { value: errorExample(code) }]));
}

const errorAnswer = (status: number, codes: readonly MeetingErrorCode[]): object => ({
  description: `One of: ${codes.join(', ')}.`,
  ...(retryLater.has(status) && { headers: headerRefs(['Retry-After']) }),
  content: {
    'application/json': {
      schema: ref('ErrorAnswer'),
      examples: Object.fromEntries(
        codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]),
      ),
    },
  },
});
