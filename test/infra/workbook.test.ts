import { meetingStatuses } from '../../src/results/meeting-result';
import { only } from './predictions';

interface Chart {
  readonly name: string;
  readonly content: { readonly query: string };
}

const { properties } = only('plain', 'Microsoft.Insights/workbooks') as unknown as {
  properties: { serializedData: string };
};
const { items } = JSON.parse(properties.serializedData) as { items: readonly Chart[] };

test('the workbook counts every way in which a request can end', () => {
  const query = items.find(({ name }) => name === 'How requests ended')?.content.query ?? '';
  const names = /where name in \(([^)]*)\)/.exec(query)?.[1] ?? '';
  const ends = meetingStatuses.filter((status) => status !== 'preview');
  expect(names.replaceAll('"', '').split(', ')).toEqual([
    ...ends.map((status) => `meeting.${status}`),
    'request.refused',
  ]);
});
