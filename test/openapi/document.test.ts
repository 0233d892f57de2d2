import { openApiDocument } from '../../src/openapi/document';
import { operations } from '../../src/openapi/operations';
import { DescribedApi, type OpenApi } from '../support/harness/described-api';

const document = openApiDocument() as OpenApi;
const api = new DescribedApi(document);
const described = api.operations.map((each) => [each.operation.operationId, each] as const);

test('is OpenAPI 3.1, with every operation under an id of its own', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d$/);
  expect(new Set(described.map(([id]) => id)).size).toBe(operations.length);
});

test.each(described)(
  '%s is explained, and its summary is not its description',
  (_id, { operation }) => {
    expect(operation.summary.length).toBeGreaterThan(5);
    expect(operation.description).toMatch(/\.$/);
    expect(operation.description).not.toBe(operation.summary);
  },
);

test.each(described)(
  '%s describes every parameter of its path and no other',
  (_id, { path, operation }) => {
    const inPath = operation.parameters.filter(({ in: place }) => place === 'path');
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(inPath.map(({ name }) => name)).toEqual(named);
    expect(inPath.every(({ required }) => required)).toBe(true);
  },
);

test.each(described)(
  '%s has a success and errors, each with a schema and a valid example',
  (_id, { operation }) => {
    const answers = Object.entries(operation.responses).filter(([status]) => status !== '401');
    expect(answers.filter(([status]) => status.startsWith('2'))).not.toHaveLength(0);
    expect(answers.filter(([status]) => status.startsWith('5'))).not.toHaveLength(0);
    for (const { content = {} } of [
      ...answers.map(([, answer]) => answer),
      operation.requestBody ?? { content: {} },
    ]) {
      for (const { schema, example, examples } of Object.values(content)) {
        const values = examples === undefined ? [example] : Object.values(examples).map(valueOf);
        expect(values).not.toHaveLength(0);
        for (const value of values) expect(api.problemsWith(schema, value)).toEqual([]);
      }
    }
  },
);

const valueOf = ({ $ref }: { readonly $ref: string }): unknown =>
  document.components.examples[$ref.split('/').at(-1) ?? '']?.value;

test('an operation with query parameters describes that a wrong one is refused', () => {
  const withQuery = described.filter(([, { operation }]) =>
    operation.parameters.some(({ in: place }) => place === 'query'),
  );
  const without = withQuery.filter(([, { operation }]) => !('400' in operation.responses));
  expect(without.map(([id]) => id)).toEqual([]);
});

test('the same description comes out every time', () => {
  expect(openApiDocument()).toEqual(document);
});

test('an example that does not match its schema is found', () => {
  const schema = { $ref: '#/components/schemas/MeetingRequest' };
  expect(api.problemsWith(schema, { organizer: 'anna@contoso.com', colour: 'red' })).not.toEqual(
    [],
  );
});

describe('what tools that check descriptions ask for', () => {
  const text = JSON.stringify(document);
  const { tags = [], info } = document as unknown as {
    readonly tags?: readonly { readonly name: string; readonly description: string }[];
    readonly info: { readonly contact?: object };
  };

  test('a contact, and every tag of an operation declared and explained', () => {
    expect(info.contact).toBeDefined();
    const used = api.operations.flatMap(
      ({ operation }) => (operation as unknown as { readonly tags: readonly string[] }).tags,
    );
    expect(tags.map(({ name }) => name).toSorted()).toEqual([...new Set(used)].toSorted());
    expect(tags.every(({ description }) => description.endsWith('.'))).toBe(true);
  });

  test('a refusal of every operation', () => {
    const without = described.filter(
      ([, { operation }]) => !Object.keys(operation.responses).some((code) => code.startsWith('4')),
    );
    expect(without.map(([id]) => id)).toEqual([]);
  });

  test('no example, schema or header that nothing refers to', () => {
    const names = Object.entries(document.components)
      .filter(([kind]) => kind !== 'securitySchemes')
      .flatMap(([kind, parts]) => Object.keys(parts).map((name) => `#/components/${kind}/${name}`));
    expect(names.filter((name) => !text.includes(`"${name}"`))).toEqual([]);
  });

  test('times that are texts, and nothing that may be null by a union of its own', () => {
    expect(text).not.toMatch(/"type":\["string","number"\]/);
    expect(text).not.toMatch(/"anyOf":\[[^[\]]*\{"type":"null"\}/);
  });

  test('the address of the server it came from', () => {
    expect(openApiDocument('https://contoso.example/api')).toMatchObject({
      servers: [{ url: 'https://contoso.example/api' }],
    });
    expect(document.servers).toMatchObject([{ url: '/api' }]);
  });
});

test.each(['submitBatch', 'previewBatch'])('%s lists the defaults that lists need most', (name) => {
  const { parameters = [] } = operations.find(({ operationId }) => operationId === name) ?? {};
  expect(parameters.map((parameter) => parameter.name)).toEqual(
    expect.arrayContaining([
      ...['organizer', 'organizerPool', 'timeZone', 'language', 'durationMinutes'],
      ...['dateOrder', 'action', 'sheet'],
    ]),
  );
});
