import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { projectFolder } from '../../local/project-folder';
import { flowPicture } from '../../power-automate/pictures/flow-picture';
import { flowPictures } from '../../power-automate/pictures/flow-pictures';

const file = (path: string): string => readFileSync(join(projectFolder(), path), 'utf8');
const pictures = [...flowPictures()];

test('there is a picture of each flow of the solution, each definition and each paste file', () => {
  expect(pictures.map(([path]) => path.replace('power-automate/samples/', ''))).toEqual([
    'docs/images/flow-create-a-teams-meeting.svg',
    'docs/images/flow-create-teams-meetings-from-a-list.svg',
    'docs/images/flow-when-a-teams-meeting-of-a-list-fails.svg',
    'excel-table/definition.svg',
    'excel-table/paste-create-meetings.svg',
    'queue-in-queue-out/paste-message.svg',
    'queue-in-queue-out/paste-result.svg',
    'queue-in-queue-out/requests.svg',
    'queue-in-queue-out/results.svg',
    'sharepoint-list/definition.svg',
    'sharepoint-list/paste-create-meeting.svg',
  ]);
});

test.each(pictures)('%s is up to date (npm run pictures) and well-formed', (path, picture) => {
  expect(file(path) === picture).toBe(true);
  expect(() => {
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.write(picture).close();
  }).not.toThrow();
});

/** The visible texts, in order. */
const textIn = (picture: string): string[] =>
  [...picture.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text = '']) => text);

test('shows what a step is called, which operation it is, its fields with tokens, and when it runs', () => {
  const picture = flowPicture({
    triggers: {
      Every_hour: { type: 'Recurrence', recurrence: { frequency: 'Hour', interval: 2 } },
    },
    actions: {
      Rows: { type: 'Query', inputs: { from: "@body('List_rows')?['value']", where: '@true' } },
      Report: {
        type: 'Compose',
        inputs: { link: "https://contoso.com/@{item()?['Key']}", time: '@utcNow()', many: [1] },
        runAfter: { Rows: ['Failed', 'TimedOut'] },
      },
    },
  });
  expect(textIn(picture)).toEqual([
    ...['Every hour', 'Schedule', 'Every', '2 hours'],
    ...['Rows', 'Data Operation · Filter array'],
    ...['From', '‹List rows › value›', 'Where', 'true'],
    ...['Report', 'Data Operation · Compose'],
    ...['Run after', 'Rows: has failed, has timed out'],
    ...['Inputs › link', 'https://contoso.com/‹Key›', 'Inputs › time', 'utcNow()'],
    ...['Inputs › many', '[1]'],
  ]);
});

test('a call of the connector is shown by the titles of its definition', () => {
  const create = {
    type: 'OpenApiConnection',
    inputs: {
      host: { operationId: 'CreateMeeting' },
      parameters: { 'body/durationMinutes': 30, 'body/meeting/startDateTime': '2030-01-15T14:30' },
    },
  };
  const picture = flowPicture({ operationName: 'Create', operationDefinition: create });
  expect(textIn(picture)).toEqual([
    ...['Create', 'Convoke Meetings · Create a meeting', 'Duration in Minutes', '30'],
    ...['Start', '2030-01-15T14:30'],
  ]);
});

test.each([
  ['a type of step', { type: 'Wait' }, 'Wait'],
  [
    'a connector',
    { type: 'ApiConnection', inputs: { host: "@parameters('$connections')['x']", path: '/a' } },
    'x',
  ],
  ['a comparison', { type: 'If', expression: { startsWith: ['a', 'b'] } }, 'startsWith'],
  [
    'a field of the connector',
    {
      type: 'OpenApiConnection',
      inputs: { host: { operationId: 'CreateMeeting' }, parameters: { 'body/colour': 'red' } },
    },
    'body/colour',
  ],
])('%s that cannot be drawn is refused by name', (_what, operationDefinition, name) => {
  expect(() => flowPicture({ operationName: 'Step', operationDefinition })).toThrow(name);
});
