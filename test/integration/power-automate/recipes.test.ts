import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../../local/project-folder';
import { ConnectorHarness } from '../../support/harness/connector-harness';
import { evaluateTemplate } from '../../support/power-automate/workflow-expression';
import { plainFunctions } from '../../support/power-automate/workflow-functions';

const page = readFileSync(join(projectFolder(), 'docs/power-automate-recipes.md'), 'utf8');

/** Every recipe of the page: its heading, and its three blocks. */
const recipes = page.split(/^## /m).flatMap((section) => {
  const [heading = ''] = section.split('\n');
  const blocks = (kind: string): unknown[] =>
    [...section.matchAll(new RegExp(`\`\`\`json ${kind}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
      ([, text]) => JSON.parse(text ?? '') as unknown,
    );
  const [selects, results] = [blocks('select'), blocks('result')];
  return blocks('row').map((row, index) => [heading, row, selects[index], results[index]] as const);
});

const mapRow = (template: unknown, row: unknown): unknown => {
  if (typeof template === 'string')
    return evaluateTemplate(template, { ...plainFunctions, item: () => row });
  if (Array.isArray(template)) return template.map((each) => mapRow(each, row));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [key, mapRow(value, row)]),
  );
};

const harness = ConnectorHarness.use();

test('there are recipes on the page', () => {
  expect(recipes.length).toBeGreaterThan(12);
});

test.each(recipes)('%s', async (_heading, row, select, expected) => {
  expect([select, expected]).not.toContain(undefined);
  const { status, body } = await harness.post('createMeeting', mapRow(select, row));
  expect([status, body]).toEqual([201, expect.objectContaining({ status: 'created' })]);
  expect(body).toMatchObject(expected as object);
});
