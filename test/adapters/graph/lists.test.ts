import { makeGraphCalendars } from '../../../src/adapters/graph/calendars';
import type { Graph } from '../../../src/adapters/graph/client';
import { makeGraphDirectory } from '../../../src/adapters/graph/directory';
import { makeGraphMeetings } from '../../../src/adapters/graph/meetings';
import { makeGraphPeople } from '../../../src/adapters/graph/people';
import { listIn } from '../../../src/adapters/graph/odata';

const options = { deadline: Infinity, requestId: 'r1' };
const key = {
  property: 'JoinWebUrl',
  value: 'https://teams.microsoft.com/l/meetup-join/1',
} as const;

const answering = (body: unknown): Graph =>
  (() => Promise.resolve({ status: 200, body })) as unknown as Graph;

const questions: Readonly<Record<string, (graph: Graph) => Promise<unknown>>> = {
  'a user of this name': (graph) =>
    makeGraphDirectory(graph, 0).findUserId('anna@contoso.com', options),
  people: (graph) => makeGraphPeople(graph).find('an', options),
  'an event of this key': (graph) => makeGraphCalendars(graph).findEvent('anna', 'key', options),
  'a meeting of this link': (graph) => makeGraphMeetings(graph).find('anna', key, options),
};

describe.each(Object.entries(questions))('asked for %s, Graph', (_, ask) => {
  test.each([[{}], [null], [''], [[]], [{ value: null }]])(
    'gives no usable answer with %j',
    async (body) => {
      await expect(ask(answering(body))).rejects.toMatchObject({
        code: 'graphUnavailable',
        executed: 'no',
      });
    },
  );

  test('finds nothing with an empty list', async () => {
    const found = await ask(answering({ value: [] }));
    expect([undefined, [], { value: [] }]).toContainEqual(found);
  });
});

test('a list in an answer is passed on unchanged', () => {
  expect(listIn({ body: { value: [{ id: '1' }] } })).toEqual([{ id: '1' }]);
});
