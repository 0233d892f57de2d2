import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostEvent } from '../../../local/functions-host/events';
import { ofType, root } from '../../infra/predictions';
import { eventually } from '../../support/harness/eventually';
import { requestBody, StackHarness } from '../../support/harness/stack-harness';

const seen: Record<string, unknown>[] = [];
const note = (event: HostEvent): void => {
  if (event.type === 'log' && event.message.startsWith('{"event"'))
    seen.push(JSON.parse(event.message));
};
const harness = StackHarness.use({ onEvent: note });

/** The queries of the alert rules and of the workbook, by title. */
const queries: readonly (readonly [title: string, query: string])[] = [
  ...ofType('plain', 'Microsoft.Insights/scheduledQueryRules').map(({ name, properties }) => {
    const { criteria } = properties as { criteria: { allOf: readonly { query: string }[] } };
    return [name, criteria.allOf[0]?.query ?? ''] as const;
  }),
  ...(
    JSON.parse(readFileSync(join(root, 'infra/modules/workbook.json'), 'utf8')) as {
      items: readonly { name: string; content: { query?: string } }[];
    }
  ).items.flatMap(({ name, content }) =>
    content.query === undefined ? [] : [[name, content.query] as const],
  ),
];

const pastTime = '2026-12-01T14:30:00';
const drop = { kind: 'drop', when: 'after' } as const;

/** Every kind of ending, once. */
beforeAll(async () => {
  const { graph, url } = harness.stack;
  const passcode = {
    subject: 'Broken',
    startDateTime: pastTime,
    joinMeetingIdSettings: { isPasscodeRequired: true },
  };
  const throttled = { kind: 'status', status: 429, retryAfterSeconds: 30 } as const;
  graph.setFaults({
    rules: [
      { match: { bodyIncludes: 'Broken' }, fault: drop },
      { match: { bodyIncludes: 'Throttled' }, fault: throttled },
    ],
  });
  await harness.post('createMeeting', requestBody());
  await harness.post('createMeeting', requestBody({ organizer: 'no-policy@contoso.com' }));
  await harness.post('createMeeting', requestBody({ meeting: passcode }));
  await harness.send(JSON.stringify(requestBody({ requestId: 'wrong', organizer: '' })));
  await harness.send(
    JSON.stringify(
      requestBody({
        organizer: 'ben@contoso.com',
        meeting: { subject: 'Throttled', startDateTime: pastTime },
      }),
    ),
  );
  await harness.resultOf('wrong');
  await changeInEveryWay('changed');
  await harness.queue('meeting-requests-poison').sendMessage('x', { visibilityTimeout: 60 });
  await fetch(`${url}/admin/functions/measureQueues`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const wanted = ['request.deferred', 'queue.measured'];
  await eventually(`the events ${wanted.join(', ')}`, () =>
    wanted.every((name) => seen.some(({ event }) => event === name)),
  );
}, 60_000);

/** Made, changed, changed again in the same way, changed too late, and cancelled. */
async function changeInEveryWay(requestId: string): Promise<void> {
  const renamed = { requestId, action: 'update', meeting: { subject: 'Renamed' } };
  await harness.post('createMeeting', requestBody({ requestId }));
  await harness.post('createMeeting', { ...renamed, revision: 2 });
  await harness.post('createMeeting', { ...renamed, revision: 3 });
  await harness.post('createMeeting', { ...renamed, revision: 1 });
  await harness.post('createMeeting', { requestId, action: 'cancel', revision: 4 });
}

/** Events that other tests cover, with the fields of the queries. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  'meeting.existing': [],
  'app.start-failed': ['problems'],
  'poison.put-back': ['code'],
};

const namesIn = (query: string): string[] =>
  [...query.matchAll(/"([a-z]+\.[a-z-]+)"/g)].map(([, name]) => name ?? '');
const fieldsIn = (query: string): string[] =>
  [...query.matchAll(/\bevent\.(\w+)/g)].map(([, field]) => field ?? '');

test('there are alerts and a workbook', () => {
  expect(queries.length).toBeGreaterThan(15);
});

test.each(queries)('%s queries fields that the app writes', (_title, query) => {
  const names = new Set(seen.map(({ event }) => String(event)));
  expect(namesIn(query).filter((name) => !names.has(name) && !(name in elsewhere))).toEqual([]);
  const asked = namesIn(query);
  const about = seen.filter(({ event }) => asked.length === 0 || asked.includes(String(event)));
  const fields = new Set(['event', ...about.flatMap((line) => Object.keys(line))]);
  for (const name of asked) for (const field of elsewhere[name] ?? []) fields.add(field);
  // Absent while no message is visible.
  fields.add('oldestMs');
  // Any next line may list calls to Graph.
  if (seen.some((line) => 'graph' in line)) fields.add('graph');
  expect(fieldsIn(query).filter((field) => !fields.has(field))).toEqual([]);
});

test('no line holds a join link, a subject or a token', () => {
  const text = JSON.stringify(seen);
  const made = harness.stack.graph.meetings.list().map(({ meeting }) => meeting.joinWebUrl);
  expect(made.length).toBeGreaterThan(0);
  for (const secret of [...made, 'Parent evening', 'Throttled', 'eyJ'])
    expect(text).not.toContain(secret);
});
