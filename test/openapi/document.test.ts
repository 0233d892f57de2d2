import { openApiDocument } from '../../src/openapi/document';
import { operations } from '../../src/openapi/operations';
import { DescribedApi, type OpenApi } from '../support/described-api';

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

test('the same description comes out every time', () => {
  expect(openApiDocument()).toEqual(document);
});

test('an example that is not as described would be noticed', () => {
  const schema = { $ref: '#/components/schemas/MeetingRequest' };
  expect(api.problemsWith(schema, { organizer: 'anna@contoso.com', colour: 'red' })).not.toEqual(
    [],
  );
});
