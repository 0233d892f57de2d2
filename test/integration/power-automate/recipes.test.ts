import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../../local/project-folder';
import { ConnectorHarness } from '../../support/harness/connector-harness';
import type { Actions } from '../../support/power-automate/workflow-definition';
import { evaluateTemplate } from '../../support/power-automate/workflow-expression';
import { plainFunctions } from '../../support/power-automate/workflow-functions';
import { WorkflowRunner } from '../../support/power-automate/workflow-runner';

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

test('More than 1,000 rows: the loop reads every row once, piece by piece', async () => {
  const [, text = ''] = /```json actions\n([\s\S]*?)```/.exec(page) ?? [];
  const pieces: unknown[][] = [];
  const requests = Array.from({ length: 5 }, (_, row) => ({
    requestId: `long-${row}`,
    organizer: 'anna@contoso.com',
    durationMinutes: 30,
    meeting: { subject: 'Long list', startDateTime: '2030-01-15T14:30:00Z' },
  }));
  const create = {
    type: 'OpenApiConnection',
    inputs: {
      host: { operationId: 'CreateMeetingsFromList' },
      parameters: { body: { requests } },
    },
  };
  await new WorkflowRunner({
    definition: {
      ...{ $schema: '', contentVersion: '', parameters: {}, triggers: {} },
      actions: {
        Create_meetings_from_a_list: create,
        // Pages of two, so that three rows are enough.
        ...(JSON.parse(text.replaceAll('1000', '2')) as Actions),
      },
    },
    parameters: {},
    trigger: {},
    connector: () => undefined,
    operation: async (operationId, parameters) => {
      const { body } = await harness.run(operationId, parameters);
      if (operationId === 'GetBatchResults')
        pieces.push((body as { value: { requestId: string }[] }).value.map((row) => row.requestId));
      return body;
    },
  }).run();
  expect(pieces).toEqual([['long-0', 'long-1'], ['long-2', 'long-3'], ['long-4']]);
});

describe('dropdowns', () => {
  const valuesOf = async (operationId: string, values: object = {}): Promise<string[]> => {
    const { status, body } = await harness.run(operationId, { ...values });
    expect(status).toBe(200);
    return (body as { value: { value: string; title: string }[] }).value.map(({ value }) => value);
  };

  test('offer time zones, organizers and the lists of the last days', async () => {
    expect(await valuesOf('ListTimeZones')).toContain('Pacific Standard Time');
    expect(await valuesOf('ListOrganizers')).toEqual(
      expect.arrayContaining(['anna@contoso.com', 'ben@contoso.com']),
    );
    expect(await valuesOf('ListOrganizers', { search: 'Ben' })).toEqual(['ben@contoso.com']);
    const offered = {
      requestId: 'offered',
      organizer: 'anna@contoso.com',
      meeting: { subject: 'Offered', startDateTime: '2030-01-15T14:30:00Z' },
    };
    const { body } = await harness.run('CreateMeetingsFromList', { body: { requests: [offered] } });
    const { batchId } = body as { batchId: string };
    expect(await valuesOf('ListBatches')).toContain(batchId);
  });

  test('are for those with the key', async () => {
    for (const list of ['timeZones', 'organizers', 'batches'])
      expect((await fetch(`${harness.url}/api/choices/${list}`)).status).toBe(401);
    const unknown = await fetch(`${harness.url}/api/choices/toString`, {
      headers: { 'x-functions-key': harness.key },
    });
    expect([unknown.status, await unknown.json()]).toMatchObject([
      400,
      { error: { code: 'invalidRequest', target: 'list' } },
    ]);
  });
});
