import { httpStatusOf } from '../../src/errors/http-status';
import type { JsonSchema, SchemaName } from '../../src/openapi/components';
import { apiVersion } from '../../src/openapi/document';
import { operations } from '../../src/openapi/operations';
import type { Answer, Operation } from '../../src/openapi/operation';
import type { Parameter } from '../../src/openapi/parameters';
import { actions, type Action } from './actions';
import { dynamicValues } from './dynamic-values';
import { labels, titleOf, type Label } from './labels';
import type { Owner } from './owner';
import { swaggerOf } from './swagger-schema';

export type Variant = 'function-key' | 'entra';

const security: Readonly<Record<Variant, { readonly name: string; readonly definition: object }>> =
  {
    'function-key': {
      name: 'function_key',
      definition: { type: 'apiKey', in: 'header', name: 'x-functions-key' },
    },
    entra: {
      name: 'oauth2_auth',
      definition: {
        type: 'oauth2',
        flow: 'accessCode',
        authorizationUrl: 'https://login.windows.net/common/oauth2/authorize',
        tokenUrl: 'https://login.windows.net/common/oauth2/token',
        scopes: {},
      },
    },
  };

/** The connector's definition: https://learn.microsoft.com/connectors/custom-connectors/openapi-extensions */
export function swaggerDocument(variant: Variant, owner: Owner): object {
  const offered = actions.filter(({ signIn }) => variant === 'entra' || signIn !== true);
  const { name, definition } = security[variant];
  return {
    swagger: '2.0',
    info: {
      title: 'Convoke Meetings',
      description:
        'Creates Microsoft Teams meetings for any organizer, one or thousands, with every option, and never the same one twice.',
      version: apiVersion,
      contact: {
        name: owner.name,
        url: owner.website,
        ...(owner.email !== undefined && { email: owner.email }),
      },
    },
    // A definition must have a host; each connection replaces it.
    host: 'convoke.azurewebsites.net',
    basePath: '/',
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths: pathsOf(offered),
    definitions: { ErrorAnswer: swaggerOf('ErrorAnswer', 'answer') },
    securityDefinitions: { [name]: definition },
    security: [{ [name]: [] }],
    // https://learn.microsoft.com/connectors/custom-connectors/test-connection
    'x-ms-capabilities': { testConnection: { operationId: 'ListTimeZones', parameters: {} } },
    'x-ms-connector-metadata': [
      { propertyName: 'Website', propertyValue: owner.website },
      { propertyName: 'Privacy policy', propertyValue: owner.privacyPolicy },
      { propertyName: 'Categories', propertyValue: 'Communication;Productivity' },
    ],
  };
}

function pathsOf(offered: readonly Action[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const action of offered) {
    const operation = operations.find(({ operationId }) => operationId === action.of);
    if (operation === undefined) throw new Error(`There is no operation ${action.of}.`);
    // With the prefix, so that host and base path can be replaced together or separately.
    (paths[pathOf(action, operation)] ??= {})[operation.method] = toOperation(action, operation);
  }
  return paths;
}

const pathOf = ({ inPath = {} }: Action, { path }: Operation): string =>
  `/api${path.replaceAll(/\{(\w+)\}/g, (parameter, name: string) => inPath[name] ?? parameter)}`;

const toOperation = (action: Action, operation: Operation): object => ({
  operationId: action.operationId,
  summary: action.summary,
  description: action.description,
  ...(action.visibility !== undefined && { 'x-ms-visibility': action.visibility }),
  ...(action.triggerHint !== undefined && {
    'x-ms-trigger': 'batch',
    'x-ms-trigger-hint': action.triggerHint,
  }),
  parameters: [
    ...operation.parameters
      .filter(({ name }) => action.parameters.includes(name))
      .map((parameter) => toParameter(parameter, action)),
    ...bodyOf(operation),
  ],
  responses: { ...answersOf(operation), ...errorsOf(operation) },
});

function toParameter(parameter: Parameter, { defaults = {}, labels: own = {} }: Action): object {
  const { name, required = false, schema } = parameter;
  const label = { ...labels[name], ...own[name] };
  const { title, description, visibility } = label;
  const { pattern: _, default: ownDefault, ...limits } = schema;
  const value = defaults[name] ?? ownDefault;
  return {
    name,
    in: parameter.in,
    required,
    'x-ms-summary': title ?? titleOf(name),
    description: description ?? parameter.description,
    ...limits,
    ...(value !== undefined && { default: value }),
    ...(visibility !== undefined && { 'x-ms-visibility': visibility }),
    ...dynamicValues(label),
    // Request ids may contain slashes.
    ...(parameter.in === 'path' && { 'x-ms-url-encoding': 'double' }),
  };
}

/** Makers always send the object, and every request has an id, because flows retry calls automatically. */
const bodies: Partial<Record<SchemaName, () => object>> = {
  MeetingRequest: () => withRequestId(swaggerOf('MeetingRequest', 'request', advancedInside)),
  RequestChange: () => swaggerOf('RequestChange', 'request', advancedInside),
  OnlineMeetingInput: () =>
    swaggerOf('OnlineMeetingInput', 'request', (path) => advancedInside(`meeting.${path}`)),
  Batch: () => swaggerBatch(),
};

function bodyOf({ body }: Operation): object[] {
  const schema = body === undefined ? undefined : bodies[body.schema]?.();
  return schema === undefined ? [] : [{ name: 'body', in: 'body', required: true, schema }];
}

/** Hides the options of a meeting until a maker asks for them. */
function advancedInside(path: string): Label {
  const name = path.split('.').at(-1) ?? path;
  const isOption = path.includes('meeting.') && labels[name]?.visibility === undefined;
  const isTime = name === 'endDateTime' || name === 'participants';
  return isOption && !isTime ? { visibility: 'advanced' } : {};
}

interface ObjectSchema {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

const withRequestId = (schema: ObjectSchema): object => ({
  ...schema,
  required: ['requestId', ...(schema.required ?? [])],
});

function swaggerBatch(): object {
  const batch = swaggerOf('Batch', 'request', advancedInside) as ObjectSchema;
  const { requests = {}, ...others } = batch.properties ?? {};
  const items = withRequestId(requests['items'] as ObjectSchema);
  return { ...batch, properties: { requests: { ...requests, items }, ...others } };
}

const answersOf = ({ answers }: Operation): object =>
  Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [
      status,
      {
        description: answer.description,
        ...(status === '202' && { headers: pollingHeaders }),
        schema: schemaOf(answer),
      },
    ]),
  );

/** For rows, uses the schema of a row with its result, which also fits one without. */
const schemaOf = ({ schema, description, otherForms = {} }: Answer): object => {
  if (schema !== undefined) return swaggerOf(schema, 'answer');
  const isText = Object.keys(otherForms).every((type) => type.startsWith('text/'));
  return isText ? { type: 'string', description } : { type: 'file' };
};

const pollingHeaders = {
  Location: { type: 'string', description: 'Address of the progress of the batch.' },
  'Retry-After': { type: 'integer', description: 'How long to wait before that, in seconds.' },
};

function errorsOf({ errors, access }: Operation): object {
  const byStatus = Map.groupBy(errors, (code) => httpStatusOf[code]);
  return {
    ...(access === 'key' && { 401: { description: 'The function key is missing or wrong.' } }),
    ...Object.fromEntries(
      [...byStatus].map(([status, codes]) => [
        status,
        {
          description: `One of: ${codes.join(', ')}.`,
          schema: { $ref: '#/definitions/ErrorAnswer' },
        },
      ]),
    ),
  };
}
