import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../local/project-folder';
import {
  connectionsIn,
  functionsIn,
  problemsOf,
  type WorkflowDefinition,
} from '../support/power-automate/workflow-definition';
import { plainFunctions } from '../support/power-automate/workflow-functions';

const samples = join(projectFolder(), 'power-automate', 'samples');
const read = (path: string): string => readFileSync(join(samples, path), 'utf8');
const definitionOf = (path: string): WorkflowDefinition =>
  JSON.parse(read(path)) as WorkflowDefinition;
const folders = readdirSync(samples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const definitions = folders.flatMap((folder) =>
  readdirSync(join(samples, folder))
    .filter((name) => name.endsWith('.json') && !name.startsWith('paste-'))
    .map((name) => `${folder}/${name}`),
);
const ofTheRun = ['parameters', 'triggerBody', 'body', 'items', 'item', 'workflow'];

describe.each(definitions)('%s', (path) => {
  const definition = definitionOf(path);
  const [folder = ''] = path.split('/');

  test('has no structural mistake', () => {
    expect(problemsOf(definition)).toEqual([]);
  });

  test('calls only functions that there are', () => {
    expect(Object.keys(plainFunctions).concat(ofTheRun)).toEqual(
      expect.arrayContaining(functionsIn(definition)),
    );
  });

  test('gets every parameter and connection from its Bicep file, and no other', () => {
    const bicep = read(`${folder}/main.bicep`);
    for (const name of Object.keys(definition.parameters))
      expect(bicep).toMatch(new RegExp(`^ *'?${name.replace('$', '\\$')}'?: \\{`, 'm'));
    for (const name of connectionsIn(definition))
      expect(bicep).toMatch(new RegExp(`^ *${name}: \\{`, 'm'));
    expect(connectionsIn(definition)).not.toHaveLength(0);
  });

  test('keeps the key out of sight', () => {
    const { type } = definition.parameters['functionKey'] ?? { type: 'SecureString' };
    expect(type).toBe('SecureString');
    const withKey = JSON.stringify(definition).split("parameters('functionKey')").length - 1;
    expect(JSON.stringify(definition).split('secureData').length - 1).toBe(withKey);
  });
});

test.each(folders)('%s has a walkthrough and actions to paste', (folder) => {
  expect(readdirSync(join(samples, folder))).toEqual(
    expect.arrayContaining(['README.md', 'main.bicep']),
  );
  expect(readdirSync(join(samples, folder)).some((name) => name.startsWith('paste-'))).toBe(true);
});

describe('mistakes that would be noticed', () => {
  const excel = definitionOf('excel-table/definition.json');
  const { actions } = excel;
  const changed = (change: object): string[] =>
    problemsOf({ ...excel, actions: { ...actions, ...change } });

  test.each([
    [
      'a circle',
      { List_rows: { ...actions['List_rows'], runAfter: { Requests: ['Succeeded'] } } },
      /circle/,
    ],
    [
      'an action that is not there',
      { Requests: { ...actions['Requests'], inputs: { from: "@body('Rows')" } } },
      /does not run after Rows/,
    ],
    [
      'an action that runs later',
      { List_rows: { ...actions['List_rows'], inputs: { path: "@body('Requests')" } } },
      /does not run after Requests/,
    ],
    [
      'a loop from outside',
      {
        Late: {
          type: 'Compose',
          runAfter: { Requests: ['Succeeded'] },
          inputs: "@items('For_each_result')",
        },
      },
      /is not inside/,
    ],
    [
      'a parameter that is not there',
      { Late: { type: 'Compose', runAfter: {}, inputs: "@parameters('colour')" } },
      /no parameter colour/,
    ],
    [
      'an expression that is none',
      { Late: { type: 'Compose', runAfter: {}, inputs: "@concat('a'" } },
      /expected/,
    ],
  ])('%s', (_name, change, problem) => {
    expect(changed(change)).toEqual([expect.stringMatching(problem)]);
  });
});
