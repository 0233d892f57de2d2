const text = { type: 'string', minLength: 1 };
const ref = (name: string): object => ({ $ref: `#/definitions/${name}` });
const mapOf = (name: string): object => ({ type: 'object', additionalProperties: ref(name) });
const listOf = (name: string): object => ({ type: 'array', items: ref(name) });
const choice = (...values: readonly unknown[]): object => ({ enum: values });

/** An operation that fills a dropdown: https://learn.microsoft.com/connectors/custom-connectors/openapi-extensions */
const fills = (...paths: readonly string[]): object => ({
  type: 'object',
  properties: {
    operationId: text,
    parameters: { type: 'object' },
    ...Object.fromEntries(paths.map((path) => [path, text])),
  },
  required: ['operationId', ...paths],
  additionalProperties: false,
});

/** Keys that both a parameter and a schema may have. */
const valueKeys = {
  type: choice('string', 'number', 'integer', 'boolean', 'array', 'object'),
  format: text,
  description: text,
  default: {},
  enum: { type: 'array', minItems: 1, uniqueItems: true },
  'x-ms-enum-values': {
    type: 'array',
    items: {
      type: 'object',
      properties: { value: {}, displayName: { type: 'string', minLength: 1 } },
      required: ['value', 'displayName'],
      additionalProperties: false,
    },
  },
  'x-ms-dynamic-values': fills('value-collection', 'value-path', 'value-title'),
  'x-ms-dynamic-list': fills('itemsPath', 'itemValuePath', 'itemTitlePath'),
  minimum: { type: 'number' },
  maximum: { type: 'number' },
  minLength: { type: 'integer', minimum: 0 },
  maxLength: { type: 'integer', minimum: 0 },
  minItems: { type: 'integer', minimum: 0 },
  maxItems: { type: 'integer', minimum: 0 },
  'x-ms-summary': text,
  'x-ms-visibility': choice('important', 'advanced', 'internal'),
};

const closed = (properties: object, required: readonly string[] = []): object => ({
  type: 'object',
  properties,
  additionalProperties: false,
  ...(required.length > 0 && { required }),
});

/**
 * The allowed parts of Swagger 2.0 and of Microsoft's extensions in a connector's definition, as draft-04 JSON Schema:
 * https://swagger.io/specification/v2/ and https://learn.microsoft.com/connectors/custom-connectors/openapi-extensions
 * Narrower than both: refuses everything that this project does not use.
 */
export const swagger2Schema = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  ...closed(
    {
      swagger: choice('2.0'),
      info: closed(
        {
          title: text,
          description: text,
          version: text,
          contact: closed({ name: text, url: { type: 'string', format: 'uri' } }, ['name', 'url']),
        },
        ['title', 'description', 'version', 'contact'],
      ),
      host: { type: 'string', pattern: '^[a-z0-9.-]+$' },
      basePath: { type: 'string', pattern: '^/' },
      schemes: choice(['https']),
      consumes: { type: 'array', items: text },
      produces: { type: 'array', items: text },
      paths: {
        type: 'object',
        patternProperties: { '^/[^?#]*$': ref('pathItem') },
        additionalProperties: false,
      },
      definitions: mapOf('schema'),
      securityDefinitions: mapOf('security'),
      security: { type: 'array', items: { type: 'object' } },
      'x-ms-capabilities': {
        type: 'object',
        properties: {
          testConnection: {
            type: 'object',
            properties: { operationId: text, parameters: { type: 'object' } },
            required: ['operationId'],
            additionalProperties: false,
          },
        },
        additionalProperties: false,
      },
      'x-ms-connector-metadata': {
        type: 'array',
        items: closed({ propertyName: text, propertyValue: text }, [
          'propertyName',
          'propertyValue',
        ]),
      },
    },
    [
      'swagger',
      'info',
      'host',
      'basePath',
      'schemes',
      'paths',
      'securityDefinitions',
      'x-ms-connector-metadata',
    ],
  ),
  definitions: {
    pathItem: closed({
      get: ref('operation'),
      post: ref('operation'),
      patch: ref('operation'),
      delete: ref('operation'),
    }),
    operation: closed(
      {
        operationId: text,
        summary: text,
        description: text,
        parameters: listOf('parameter'),
        responses: {
          type: 'object',
          patternProperties: { '^[1-5][0-9][0-9]$': ref('response') },
          additionalProperties: false,
          minProperties: 1,
        },
        'x-ms-visibility': choice('important', 'advanced', 'internal'),
        'x-ms-trigger': choice('single', 'batch'),
        'x-ms-trigger-hint': text,
      },
      ['operationId', 'summary', 'description', 'parameters', 'responses'],
    ),
    parameter: {
      oneOf: [
        closed({ name: text, in: choice('body'), required: choice(true), schema: ref('schema') }, [
          'name',
          'in',
          'schema',
        ]),
        closed(
          {
            ...valueKeys,
            name: text,
            in: choice('query', 'header'),
            required: { type: 'boolean' },
          },
          ['name', 'in', 'type'],
        ),
        closed(
          {
            ...valueKeys,
            name: text,
            in: choice('path'),
            required: choice(true),
            'x-ms-url-encoding': choice('single', 'double'),
          },
          ['name', 'in', 'type', 'required'],
        ),
      ],
    },
    response: closed(
      {
        description: text,
        schema: { anyOf: [ref('schema'), ref('reference')] },
        headers: mapOf('header'),
      },
      ['description'],
    ),
    header: closed({ type: choice('string', 'integer'), description: text }, [
      'type',
      'description',
    ]),
    reference: closed({ $ref: { type: 'string', pattern: '^#/definitions/[A-Za-z]+$' } }, ['$ref']),
    schema: closed(
      {
        ...valueKeys,
        'x-nullable': choice(true),
        required: { type: 'array', minItems: 1, uniqueItems: true, items: text },
        properties: mapOf('schema'),
        items: ref('schema'),
      },
      ['type'],
    ),
    security: {
      oneOf: [
        closed({ type: choice('apiKey'), in: choice('header'), name: text }, [
          'type',
          'in',
          'name',
        ]),
        closed(
          {
            type: choice('oauth2'),
            flow: choice('accessCode'),
            authorizationUrl: { type: 'string', format: 'uri' },
            tokenUrl: { type: 'string', format: 'uri' },
            scopes: { type: 'object' },
          },
          ['type', 'flow', 'authorizationUrl', 'tokenUrl', 'scopes'],
        ),
      ],
    },
  },
};
