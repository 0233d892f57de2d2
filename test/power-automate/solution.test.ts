import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { connectorFiles } from '../../power-automate/definition/connector-files';
import type { Swagger, SwaggerSchema } from '../support/power-automate/swagger';
import { problemsOf, type WorkflowDefinition } from '../support/power-automate/workflow-definition';

const files = connectorFiles();

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** @throws Error when the text is not well-formed. */
function parseXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (more) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += more;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  return root;
}

const all = (element: Element, name: string): Element[] =>
  element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...all(child, name),
  ]);

const textOf = (element: Element, name: string): string => all(element, name)[0]?.text ?? '';

function solution(name: string) {
  const parts = unzipSync(new Uint8Array(files.get(`solution/${name}.zip`) as Buffer));
  const text = (path: string): string => {
    const part = parts[path];
    if (part === undefined) throw new Error(`${name}.zip has no ${path}.`);
    return strFromU8(part);
  };
  return {
    names: Object.keys(parts),
    text,
    json: (path: string): unknown => JSON.parse(text(path)),
    manifest: parseXml(text('solution.xml')),
    customizations: parseXml(text('customizations.xml')),
  };
}

const connectors = solution('convoke-connector');
const flows = solution('convoke-flows');
const swagger = connectors.json('Connector/convoke_meetings_openapidefinition.json') as Swagger;

describe.each([
  ['the connector', connectors],
  ['the flows', flows],
])('the solution with %s', (_what, { names, text, manifest, customizations }) => {
  test('has the three files that each solution has, and a type for every part', () => {
    expect(names.slice(0, 3)).toEqual([
      '[Content_Types].xml',
      'solution.xml',
      'customizations.xml',
    ]);
    const types = all(parseXml(text('[Content_Types].xml')), 'Default');
    const extensions = types.map(({ attributes }) => attributes['Extension']);
    for (const name of names) expect(extensions).toContain(name.split('.').at(-1));
    expect(names.join()).not.toContain('\\');
  });

  test('says what it is: unmanaged, with a version of four numbers and a publisher', () => {
    expect(textOf(manifest, 'UniqueName')).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(textOf(manifest, 'Version')).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    expect(textOf(manifest, 'Managed')).toBe('0');
    expect(textOf(manifest, 'CustomizationPrefix')).toMatch(/^[a-z][a-z\d]{1,7}$/);
  });

  test('names its parts once in each file', () => {
    const roots = all(manifest, 'RootComponent').map(({ attributes }) => attributes['id']);
    const parts = [
      ...all(customizations, 'Connector').map((each) => `{${textOf(each, 'connectorid')}}`),
      ...all(customizations, 'Workflow').map(({ attributes }) => attributes['WorkflowId']),
    ];
    expect(roots).toEqual(parts);
    expect(new Set(roots).size).toBe(roots.length);
  });

  test('points at files that are there, and has no others', () => {
    const paths = ['JsonFileName', 'openapidefinition', 'connectionparameters']
      .concat('policytemplateinstances', 'iconblob')
      .flatMap((name) => all(customizations, name).map((each) => each.text));
    expect(paths.map((path) => path.replace(/^\//, '')).toSorted()).toEqual(
      names.slice(3).toSorted(),
    );
  });
});

test('the connector is a root component of type 372, a flow of type 29', () => {
  const typesIn = ({ manifest }: typeof flows): unknown[] =>
    all(manifest, 'RootComponent').map(({ attributes }) => attributes['type']);
  expect([typesIn(connectors), typesIn(flows)]).toEqual([['372'], ['29', '29', '29']]);
});

test('the connector is the one with the function key, its connection and its policies', () => {
  const part = (name: string): unknown =>
    connectors.json(`Connector/convoke_meetings_${name}.json`);
  const folder = 'connector/function-key';
  expect(swagger).toEqual(JSON.parse(String(files.get(`${folder}/apiDefinition.swagger.json`))));
  const { properties } = JSON.parse(String(files.get(`${folder}/apiProperties.json`))) as {
    readonly properties: Record<string, unknown>;
  };
  expect(part('connectionparameters')).toEqual(properties['connectionParameters']);
  expect(part('policytemplateinstances')).toEqual(properties['policyTemplateInstances']);
});

interface Call {
  readonly type: string;
  readonly inputs: {
    readonly host: { readonly operationId: string; readonly connectionName: string };
    readonly parameters: Readonly<Record<string, unknown>>;
  };
}
interface Flow {
  readonly schemaVersion: string;
  readonly properties: {
    readonly connectionReferences: Readonly<
      Record<string, { readonly connection: { readonly connectionReferenceLogicalName: string } }>
    >;
    readonly definition: WorkflowDefinition;
  };
}

test('each flow is a cloud flow that is off until it has a connection', () => {
  const workflows = all(flows.customizations, 'Workflow');
  const fields = ['Category', 'StateCode', 'StatusCode', 'PrimaryEntity'];
  for (const workflow of workflows)
    expect(fields.map((name) => textOf(workflow, name))).toEqual(['5', '0', '1', 'none']);
  expect(workflows.map(({ attributes }) => attributes['Name'])).toEqual([
    'Create a Teams meeting',
    'Create Teams meetings from a list',
    'When a Teams meeting of a list fails',
  ]);
});

describe.each(flows.names.slice(3))('the flow %s', (file) => {
  const { properties, schemaVersion } = flows.json(file) as Flow;
  const { triggers, actions } = properties.definition;
  const called = Object.values({ ...triggers, ...actions } as Record<string, Call>).filter(
    ({ type }) => type === 'OpenApiConnection',
  );

  test('has no structural mistake', () => {
    expect(problemsOf(properties.definition)).toEqual([]);
    expect(schemaVersion).toBe('1.0.0.0');
  });

  test('uses a connection reference to the connector of the other solution', () => {
    const used = Object.values(properties.connectionReferences).map(
      ({ connection }) => connection.connectionReferenceLogicalName,
    );
    const [reference] = all(flows.customizations, 'connectionreference');
    expect(used).toEqual([reference?.attributes['connectionreferencelogicalname']]);
    const [custom] = all(flows.customizations, 'customconnectorid');
    expect(custom && textOf(custom, 'connectorid')).toBe(
      textOf(connectors.customizations, 'connectorid'),
    );
    for (const { inputs } of called)
      expect(Object.keys(properties.connectionReferences)).toContain(inputs.host.connectionName);
  });

  test('calls operations of the connector with fields that they have, and every one that they need', () => {
    const operations = Object.values(swagger.paths).flatMap((methods) => Object.values(methods));
    expect(called).not.toHaveLength(0);
    for (const { inputs } of called) {
      const parameters =
        operations.find((each) => each.operationId === inputs.host.operationId)?.parameters ?? [];
      for (const path of Object.keys(inputs.parameters)) {
        const [first, ...names] = path.split('/');
        const parameter = parameters.find(({ name }) => name === first);
        let field: SwaggerSchema | undefined = parameter?.schema;
        for (const name of names) field = field?.properties?.[name];
        expect([path, (names.length === 0 ? parameter : field) !== undefined]).toEqual([
          path,
          true,
        ]);
      }
      const required = parameters.flatMap(({ name, required: isNeeded, schema }) =>
        schema === undefined
          ? [name].filter(() => isNeeded === true)
          : (schema.required ?? []).map((inner) => `${name}/${inner}`),
      );
      const given = Object.keys(inputs.parameters);
      for (const path of required)
        expect(given.some((each) => each === path || each.startsWith(`${path}/`))).toBe(true);
    }
  });
});

test('the same definitions give the same bytes', () => {
  const again = connectorFiles();
  for (const [path, content] of files)
    expect([path, Buffer.from(again.get(path) ?? '').equals(Buffer.from(content))]).toEqual([
      path,
      true,
    ]);
});

test('for certification the files name their owner, and have the page that it publishes', () => {
  const owner = {
    name: 'Contoso & Co',
    email: 'support@contoso.com',
    website: 'https://contoso.com',
    privacyPolicy: 'https://contoso.com/privacy',
  };
  const named = connectorFiles(owner);
  const json = (file: string): unknown =>
    JSON.parse(String(named.get(`connector/function-key/${file}`)));
  expect(json('apiProperties.json')).toMatchObject({
    properties: { publisher: 'Contoso & Co', stackOwner: 'Contoso & Co' },
  });
  expect(json('apiDefinition.swagger.json')).toMatchObject({
    info: { contact: { name: 'Contoso & Co', url: owner.website, email: owner.email } },
  });
  const page = String(named.get('connector/function-key/intro.md'));
  expect(page).toContain('## Publisher: Contoso & Co');
  expect(page).toContain('### When a meeting fails');
  expect(page).not.toMatch(/List time zones|Create my own meeting/);
  const solutionFile = unzipSync(
    new Uint8Array(named.get('solution/convoke-connector.zip') as Buffer),
  )['solution.xml'];
  expect(strFromU8(solutionFile ?? new Uint8Array())).toContain(
    '<EMailAddress>support@contoso.com</EMailAddress>',
  );
});
