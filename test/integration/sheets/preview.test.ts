import { TableClient } from '@azure/data-tables';
import { StackHarness } from '../../support/harness/stack-harness';
import { textsOf } from '../../support/workbook/read-workbook';
import { row, text, workbookOf } from '../../support/workbook/workbook-parts';
import { eventually } from '../../support/harness/eventually';

const fixture = StackHarness.use();

const known = {
  requestId: 'known',
  organizer: 'anna@contoso.com',
  timeZone: 'Europe/Lisbon',
  durationMinutes: 30,
  meeting: { subject: 'Known', startDateTime: '2026-12-01T14:30:00' },
};

/** An event in Anna's calendar. */
const invited = {
  ...known,
  requestId: 'invited',
  meeting: { ...known.meeting, startDateTime: '2026-12-03T14:30:00' },
  calendar: { invite: 'parent@example.org' },
};

/** Everything that a preview must not change. */
async function world(): Promise<object> {
  const table = TableClient.fromConnectionString(
    fixture.stack.storage.connectionString,
    'MeetingRequests',
    { allowInsecureConnection: true },
  );
  const rows: object[] = [];
  for await (const entity of table.listEntities()) rows.push(entity);
  const { approximateMessagesCount: results } = await fixture
    .queue('meeting-results')
    .getProperties();
  const { meetings, events } = fixture.stack.graph;
  return structuredClone({
    ...{ meetings: meetings.list(), events: events.list(), mails: events.mails },
    ...{ rows, results },
  });
}

const finished = (location: string): Promise<object> =>
  eventually('the preview has ended', async () => {
    const response = await fetch(location);
    return response.status === 200 && ((await response.json()) as object);
  });

const sendPreview = (body: string | Uint8Array): Promise<Response> =>
  fetch(`${fixture.stack.url}/api/batches?preview=true&timeZone=Europe/Lisbon&durationMinutes=30`, {
    method: 'POST',
    body: typeof body === 'string' ? body : Uint8Array.from(body),
  });

beforeAll(async () => {
  await fixture.post('createMeeting', known);
  await fixture.post('createMeeting', invited);
});

test('an event exists that a preview could change', () => {
  expect(fixture.stack.graph.events.mails).toHaveLength(1);
});

test('a preview of a sheet predicts the outcomes, and changes nothing in Graph or storage', async () => {
  const before = await world();
  const accepted = await sendPreview(
    [
      'requestId;organizer;subject;startDateTime;calendar.invite',
      'known;anna@contoso.com;Known;2026-12-01T14:30:00;',
      'known-too;anna@contoso.com;Known;2026-12-01T15:30:00;',
      'in-calendar;anna@contoso.com;Known;2026-12-01T16:30:00;parent@example.org',
      'stranger;nobody@contoso.com;Other;2026-12-01T15:30:00;',
      'wrong;anna@contoso.com;Other;soon;',
      '',
    ].join('\n'),
  );
  expect(accepted.status).toBe(202);
  const location = accepted.headers.get('location') ?? '';
  expect(await finished(location)).toMatchObject({
    preview: true,
    counts: { total: 5, rejected: 1, preview: 5, created: 0 },
    outcomes: { create: 2, update: 0, unchanged: 1, cancel: 0, refuse: 2 },
  });
  const results = await (await fetch(`${location}/results?format=csv`)).text();
  expect(results.split('\r\n').map((line) => line.split(';').slice(5, 9))).toEqual([
    ['preview', 'previewChanges', 'previewWarnings', 'errorCode'],
    ['unchanged', '', '', ''],
    ['create', '', '', ''],
    ['create', '', '', ''],
    ['refuse', '', '', 'organizerNotFound'],
    ['refuse', '', '', 'invalidRequest'],
    [],
  ]);
  expect(await world()).toEqual(before);
});

test('a workbook is returned with the predicted outcomes', async () => {
  const rows =
    row([text('organizer'), text('subject'), text('startDateTime')]) +
    row([text('anna@contoso.com'), text('First'), text('2026-12-02 14:00')]) +
    row([text('anna@contoso.com'), text('Second'), text('2026-12-02 14:15')]);
  const accepted = await sendPreview(workbookOf({ sheets: [{ name: 'Evening', rows }] }));
  const location = accepted.headers.get('location') ?? '';
  await finished(location);
  const results = await fetch(`${location}/results?format=xlsx`);
  const sameTime = (other: number): string =>
    `Row ${other} has a meeting with the same organizer at the same time.`;
  expect(
    textsOf(Buffer.from(await results.arrayBuffer())).map((cells) => cells.slice(3, 6)),
  ).toEqual([
    ['preview', 'previewChanges', 'previewWarnings'],
    ['create', '', sameTime(3)],
    ['create', '', sameTime(2)],
  ]);
});

test.each<[string, object, object]>([
  ['a new request', { ...known, requestId: 'new' }, { outcome: 'create' }],
  ['a known request', known, { outcome: 'unchanged' }],
  ['a meeting in a calendar', { ...invited, requestId: 'new-event' }, { outcome: 'create' }],
  [
    'one more person to invite',
    { ...invited, action: 'upsert', calendar: { invite: 'parent@example.org; ben@contoso.com' } },
    { outcome: 'update' },
  ],
  ['what is no request', { requestId: 'x' }, { outcome: 'refuse' }],
])('the preview of %s changes nothing', async (_what, request, preview) => {
  const before = await world();
  const answer = await fixture.post('createMeeting?preview=true', request);
  expect(answer).toMatchObject({ status: 200, body: { status: 'preview', preview } });
  expect(await world()).toEqual(before);
});

test.each(['createMeeting', 'batches'])(
  'a misspelled preview of %s makes nothing',
  async (path) => {
    const answer = await fixture.post(`${path}?preview=yes`, [known]);
    expect(answer).toMatchObject({ status: 400, body: { error: { target: 'preview' } } });
  },
);
