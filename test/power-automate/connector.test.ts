import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import Ajv4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { projectFolder } from '../../local/project-folder';
import { actions } from '../../power-automate/definition/actions';
import { connectorFiles, variants } from '../../power-automate/definition/connector-files';
import type {
  Swagger,
  SwaggerOperation,
  SwaggerParameter,
  SwaggerSchema,
} from '../support/power-automate/swagger';
import { swagger2Schema } from './swagger-2-schema';

const files = connectorFiles();
const folder = join(projectFolder(), 'power-automate');
const read = (path: string): unknown => JSON.parse(String(files.get(`connector/${path}`)));
const swaggerOf = (variant: string): Swagger =>
  read(`${variant}/apiDefinition.swagger.json`) as Swagger;

const operationsOf = (variant: string): SwaggerOperation[] =>
  Object.values(swaggerOf(variant).paths).flatMap((methods) => Object.values(methods));

const operations = operationsOf('entra').map(
  (operation) => [operation.operationId, operation] as const,
);

test.each([...files.keys()])(
  '%s is what the schemas give: if not, run npm run connector',
  (path) => {
    expect(Buffer.from(files.get(path) ?? '').equals(readFileSync(join(folder, path)))).toBe(true);
  },
);

describe.each(variants)('the definition with %s', (variant) => {
  const swagger = swaggerOf(variant);

  test('is Swagger 2.0 with only the features that Power Automate supports', () => {
    const ajv = new Ajv4({ allErrors: true });
    addFormats(ajv);
    const validate = ajv.compile(swagger2Schema);
    validate(swagger);
    expect(validate.errors).toBeNull();
  });

  test('has a title and description as certification requires', () => {
    const { title, description } = swagger.info;
    expect(title).not.toMatch(/api|connector|power|automate|\bflow\b/i);
    expect(title.length).toBeLessThanOrEqual(30);
    expect(description.length).toBeGreaterThanOrEqual(30);
    expect(description.length).toBeLessThanOrEqual(500);
  });

  test('names its publisher', () => {
    const metadata = swagger['x-ms-connector-metadata'].map(({ propertyName }) => propertyName);
    expect(metadata).toEqual(['Website', 'Privacy policy', 'Categories']);
  });

  test('stays far below the maximum size of Power Automate', () => {
    expect(JSON.stringify(swagger).length).toBeLessThan(500_000);
  });

  test('has no two operations with the same name', () => {
    const ids = operationsOf(variant).map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('only signed-in callers are offered meetings of their own', () => {
  const ids = (variant: string): string[] =>
    operationsOf(variant).map(({ operationId }) => operationId);
  expect(ids('entra').toSorted()).toEqual(actions.map(({ operationId }) => operationId).toSorted());
  expect(ids('entra').filter((id) => !ids('function-key').includes(id))).toEqual([
    'CreateMyMeeting',
  ]);
});

describe.each(variants)('choices with %s', (variant) => {
  const swagger = swaggerOf(variant);
  const byId = new Map(operationsOf(variant).map((each) => [each.operationId, each]));
  /** Every field with a dropdown that another operation fills. */
  const dynamic = [
    ...JSON.stringify(swagger).matchAll(
      /"x-ms-dynamic-(?:values|list)":(\{[^{}]*(?:\{\}[^{}]*)*\})/g,
    ),
  ].map(([, json = '{}']) => JSON.parse(json) as Readonly<Record<string, string>>);

  test('come from hidden operations that need nothing and list values with titles', () => {
    expect(new Set(dynamic.map(({ operationId }) => operationId))).toEqual(
      new Set(['ListTimeZones', 'ListOrganizers', 'ListBatches']),
    );
    for (const choice of dynamic) {
      const operation = byId.get(choice['operationId'] ?? '');
      expect(operation).toMatchObject({ 'x-ms-visibility': 'internal' });
      expect(operation?.parameters.filter(({ required }) => required === true)).toEqual([]);
      const list = choice['value-collection'] ?? choice['itemsPath'] ?? '';
      const items = operation?.responses['200']?.schema?.properties?.[list]?.items;
      expect(Object.keys(items?.properties ?? {})).toEqual(
        expect.arrayContaining([
          choice['value-path'] ?? choice['itemValuePath'],
          choice['value-title'] ?? choice['itemTitlePath'],
        ]),
      );
    }
  });

  test('a new connection is tested with a call that needs the key and nothing else', () => {
    expect(swagger).toMatchObject({
      'x-ms-capabilities': { testConnection: { operationId: 'ListTimeZones', parameters: {} } },
    });
    expect(byId.get('ListTimeZones')?.parameters).toEqual([]);
    expect(byId.get('ListTimeZones')?.responses).toHaveProperty('401');
  });
});

describe.each(operations)('%s', (operationId, operation) => {
  test('is named and explained', () => {
    expect(operationId).toMatch(/^([A-Z][a-z]*)+$/);
    expect(operation.summary).toMatch(/^[A-Z][a-zA-Z ]{4,79}$/);
    expect(operation.description).toMatch(/^[A-Z].{20,300}\.$/);
    expect(operation.description).not.toBe(operation.summary);
  });

  test('answers success with a schema, and lists what can go wrong', () => {
    const codes = Object.keys(operation.responses);
    expect(
      codes.filter((code) => code.startsWith('2')).map((code) => operation.responses[code]?.schema),
    ).not.toContain(undefined);
    for (const code of ['400', '401', '403', '404', '500', '503']) {
      if (code !== '400' && code !== '404') expect(codes).toContain(code);
    }
    expect(codes).not.toContain('default');
  });

  test('has a title and a description on every field', () => {
    const fields = fieldsOf(operation);
    expect(fields.length).toBeGreaterThan(2);
    expect(
      fields.filter(({ field }) => field['x-ms-summary'] === undefined).map(({ path }) => path),
    ).toEqual([]);
    expect(
      fields.filter(({ field }) => field.description === undefined).map(({ path }) => path),
    ).toEqual([]);
    for (const { field } of fields) {
      expect(field['x-ms-summary']).toMatch(/^[A-Z][^/\\<>*%&?]{0,79}$/);
      expect(field.description).toMatch(/\.$/);
    }
  });

  test('has no two fields with the same title, neither in inputs nor in outputs', () => {
    const body = operation.parameters.find((parameter) => parameter.in === 'body')?.schema;
    const answers = Object.values(operation.responses).map(({ schema }) => schema);
    const repeated = [body, ...answers].flatMap((schema) => {
      const titles = titlesIn(schema);
      return titles.filter((title, place) => titles.indexOf(title) !== place);
    });
    expect(repeated).toEqual([]);
  });

  test('hidden parameters have a value or are optional', () => {
    const without = operation.parameters.filter(
      (parameter) =>
        parameter['x-ms-visibility'] === 'internal' &&
        parameter.required === true &&
        parameter.default === undefined,
    );
    expect(without).toEqual([]);
  });

  test('requires only properties that it has', () => {
    for (const { field, path } of fieldsOf(operation)) {
      for (const name of field.required ?? [])
        expect([path, Object.keys(field.properties ?? {})]).toEqual([
          path,
          expect.arrayContaining([name]),
        ]);
    }
  });
});

/** Of every property, at any depth. */
const titlesIn = (schema: SwaggerSchema | undefined): string[] =>
  Object.values(schema?.items?.properties ?? schema?.properties ?? {}).flatMap((inner) => [
    inner['x-ms-summary'] ?? '',
    ...titlesIn(inner),
  ]);

test('dropdowns show words', () => {
  const definition = String(files.get('connector/entra/apiDefinition.swagger.json'));
  const scope = {
    value: 'organizationAndFederated',
    displayName: 'People in my organization and in trusted organizations',
  };
  expect(definition.replaceAll(/\s+/g, ' ')).toContain(
    JSON.stringify(scope, null, 1).replaceAll(/\s+/g, ' '),
  );
  expect(definition).not.toMatch(/"displayName": "[a-z]/);
});

interface Field {
  readonly path: string;
  readonly field: SwaggerSchema;
}

const fieldsOf = ({ parameters, responses }: SwaggerOperation): Field[] => [
  ...parameters.flatMap((parameter) => fieldsOfParameter(parameter)),
  ...Object.entries(responses).flatMap(([status, { schema }]) => propertiesOf(schema, status)),
];

const fieldsOfParameter = ({ name, schema, required: _, ...field }: SwaggerParameter): Field[] =>
  schema === undefined ? [{ path: name, field }] : propertiesOf(schema, name);

const propertiesOf = (schema: SwaggerSchema | undefined, at: string): Field[] => [
  ...Object.entries(schema?.properties ?? {}).flatMap(([name, field]) => [
    { path: `${at}.${name}`, field },
    ...propertiesOf(field, `${at}.${name}`),
  ]),
  ...(schema?.items === undefined ? [] : propertiesOf(schema.items, `${at}[]`)),
];

test('choices are dropdowns', () => {
  const fields = new Map(
    fieldsOf(operations.find(([id]) => id === 'CreateMeeting')?.[1] as SwaggerOperation).map(
      ({ path, field }) => [path, field],
    ),
  );
  expect(fields.get('body.meeting.lobbyBypassSettings.scope')?.enum).toContain('everyone');
  expect(fields.get('body.meeting.allowedPresenters')?.enum).toContain('roleIsPresenter');
  expect(fields.get('body.meeting.startDateTime')).toMatchObject({
    type: 'string',
    'x-ms-visibility': 'important',
  });
  expect(fields.get('body.meeting.participants.attendees')).toMatchObject({ type: 'string' });
});

interface Properties {
  readonly properties: {
    readonly iconBrandColor: string;
    readonly connectionParameters: Readonly<Record<string, { readonly type: string }>>;
    readonly policyTemplateInstances: readonly {
      readonly templateId: string;
      readonly parameters: Readonly<Record<string, unknown>>;
    }[];
  };
}

const propertiesFile = (variant: string): Properties['properties'] =>
  (read(`${variant}/apiProperties.json`) as Properties).properties;

describe.each(variants)('the connection with %s', (variant) => {
  const { iconBrandColor, connectionParameters, policyTemplateInstances } = propertiesFile(variant);

  test('has a colour of its own, and no owner that would keep the tools from updating it', () => {
    expect(iconBrandColor).toMatch(/^#[\da-f]{6}$/);
    expect(['#007ee5', '#ffffff']).not.toContain(iconBrandColor);
    expect(Object.keys(propertiesFile(variant))).not.toEqual(
      expect.arrayContaining(['stackOwner']),
    );
  });

  test('asks for the host and keeps the key secret', () => {
    expect(connectionParameters['hostName']).toMatchObject({ type: 'string' });
    const keys = Object.entries(connectionParameters).filter(([name]) => /key/i.test(name));
    expect(keys.map(([, { type }]) => type)).toEqual(['securestring']);
  });

  test('policies name only existing parameters and operations', () => {
    const text = JSON.stringify(policyTemplateInstances);
    const named = [...text.matchAll(/connectionParameters\('(\w+)'\)/g)].map(
      ([, name]) => name ?? '',
    );
    expect(Object.keys(connectionParameters)).toEqual(expect.arrayContaining(named));
    const ids = operationsOf(variant).map(({ operationId }) => operationId);
    const meant = policyTemplateInstances.flatMap(
      ({ parameters }) => (parameters['x-ms-apimTemplate-operationName'] ?? []) as string[],
    );
    expect(ids).toEqual(expect.arrayContaining(meant));
    expect(policyTemplateInstances.map(({ templateId }) => templateId)).toContain('dynamichosturl');
  });

  test('holds no secret', () => {
    expect(JSON.stringify(connectionParameters)).not.toMatch(/secret"\s*:/i);
  });
});

test('the icon is a PNG file of 160 by 160 pixels', () => {
  const icon = files.get('connector/entra/icon.png') as Buffer;
  expect(icon.subarray(1, 4).toString()).toBe('PNG');
  expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([160, 160]);
  const length = icon.readUInt32BE(33);
  expect(inflateSync(icon.subarray(41, 41 + length))).toHaveLength(160 * (1 + 160 * 3));
});
