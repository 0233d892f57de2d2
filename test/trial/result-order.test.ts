import { ResultOrder } from '../../trial/results/result-order';
import type { Phase } from '../../trial/storage/storage-proxy';

const batchId = '00000000-0000-4000-8000-000000000001';

const put = (message: object) => ({
  service: 'queue' as const,
  method: 'POST',
  path: '/meeting-results/messages',
  body: `<QueueMessage><MessageText>${JSON.stringify(message).replaceAll('"', '&quot;')}</MessageText></QueueMessage>`,
});
const row = (index: number) => put({ batchId, index, requestId: 'a & b' });
const completed = put({ type: 'batchCompleted', batchId, counts: { total: 2 } });

test.each<[string, readonly (readonly [ReturnType<typeof put>, Phase])[], readonly string[]]>([
  [
    'after the results of all rows',
    [
      [row(0), 'after'],
      [row(1), 'after'],
      [completed, 'before'],
    ],
    [],
  ],
  [
    'after one result, twice',
    [
      [row(0), 'after'],
      [row(0), 'after'],
      [completed, 'before'],
    ],
    [batchId],
  ],
  [
    'while the last result is on its way',
    [
      [row(0), 'after'],
      [row(1), 'before'],
      [completed, 'before'],
      [row(1), 'after'],
    ],
    [batchId],
  ],
])('a batch that is called complete %s', (_, calls, tooEarly) => {
  const order = new ResultOrder();
  for (const [call, phase] of calls) order.note(call, phase);
  expect([...order.tooEarly]).toEqual(tooEarly);
});
