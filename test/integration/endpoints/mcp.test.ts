import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { eventually } from '../../support/harness/eventually';
import { StackHarness } from '../../support/harness/stack-harness';

const harness = StackHarness.use();
const client = new Client({ name: 'test', version: '1' });

beforeAll(async () => {
  await client.connect(new StreamableHTTPClientTransport(new URL(`${harness.stack.url}/api/mcp`)));
}, 60_000);
afterAll(() => client.close());

interface Called {
  readonly isError: boolean;
  readonly text: string;
  readonly value: unknown;
}

async function call(name: string, args: object): Promise<Called> {
  const result = await client.callTool({ name, arguments: { ...args } });
  const [{ text = '' } = {}] = result.content as { text?: string }[];
  return { isError: result.isError === true, text, value: result.structuredContent };
}

const evening = {
  organizer: 'anna@contoso.com',
  subject: 'Parent evening',
  start: '2030-01-15T14:30:00',
  durationMinutes: 30,
  timeZone: 'Europe/Lisbon',
};

test('the tools declare their effects', async () => {
  const { tools } = await client.listTools();
  expect(
    tools.map(({ name, annotations: { readOnlyHint, destructiveHint, idempotentHint } = {} }) => [
      name,
      readOnlyHint === true ? 'reads' : destructiveHint === true ? 'destroys' : 'adds',
      idempotentHint,
    ]),
  ).toEqual([
    ['preview_meeting', 'reads', undefined],
    ['create_meeting', 'adds', true],
    ['get_meeting', 'reads', undefined],
    ['update_meeting', 'destroys', true],
    ['cancel_meeting', 'destroys', true],
    ['submit_batch', 'adds', true],
    ['get_batch', 'reads', undefined],
  ]);
});

test('a meeting that is asked for twice without an id is one meeting', async () => {
  const first = await call('create_meeting', evening);
  expect(first.text).toMatch(/^created mcp-[0-9a-f]{32}: https:\/\/teams\.microsoft\.com\//);
  expect(first.value).toMatchObject({
    status: 'created',
    meeting: { startDateTime: '2030-01-15T14:30:00Z' },
  });
  const again = await call('create_meeting', { ...evening, organizer: 'Anna@contoso.com ' });
  expect(again.text).toBe(first.text.replace('created', 'existing'));
  const other = await call('create_meeting', { ...evening, start: '2030-01-16T14:30:00' });
  expect(other.text).toMatch(/^created/);
});

test('a preview predicts the outcome, and does nothing', async () => {
  const asked = { ...evening, requestId: 'mcp-preview' };
  expect((await call('preview_meeting', asked)).text).toBe('would create mcp-preview');
  expect((await call('get_meeting', { requestId: 'mcp-preview' })).isError).toBe(true);
  const refused = await call('preview_meeting', { ...asked, organizer: 'nobody@contoso.com' });
  expect(refused.text).toContain('No user in the tenant has this name or address.');
});

test('options and attendees reach the meeting', async () => {
  const { value } = await call('create_meeting', {
    ...evening,
    requestId: 'mcp-options',
    attendees: ['ben@contoso.com'],
    options: { lobbyBypassSettings: { scope: 'everyone' } },
  });
  expect(value).toMatchObject({
    requestId: 'mcp-options',
    notApplied: [],
    meeting: {
      lobbyBypassSettings: { scope: 'everyone' },
      participants: { attendees: [{ upn: 'ben@contoso.com' }] },
    },
  });
  expect((await call('get_meeting', { requestId: 'mcp-options' })).text).toMatch(
    /^created mcp-options: https:/,
  );
});

test('a meeting is changed, and cancelled once the user has agreed', async () => {
  const requestId = 'mcp-change';
  const { value } = await call('create_meeting', { ...evening, requestId });
  const link = (value as { meeting: { joinWebUrl: string } }).meeting.joinWebUrl;
  const change = { requestId, start: '2030-01-16T14:30:00', timeZone: 'UTC', durationMinutes: 45 };
  expect((await call('update_meeting', change)).text).toBe(`updated mcp-change: ${link}`);
  expect((await call('get_meeting', { requestId })).value).toMatchObject({
    meeting: { startDateTime: '2030-01-16T14:30:00Z', endDateTime: '2030-01-16T15:15:00Z' },
  });
  expect(await call('cancel_meeting', { requestId })).toMatchObject({
    isError: true,
    value: { error: { code: 'confirmationNeeded' } },
  });
  expect((await call('cancel_meeting', { requestId, confirm: true })).text).toBe(
    'cancelled mcp-change',
  );
  expect((await call('get_meeting', { requestId })).text).toBe('cancelled mcp-change');
});

test('a refusal names what is wrong and what to do, for people and for programs', async () => {
  const refused = await call('create_meeting', { ...evening, start: 'tomorrow' });
  expect(refused.isError).toBe(true);
  expect(refused.text).toContain('- meeting.startDateTime: ');
  expect(refused.value).toMatchObject({
    error: { code: 'invalidRequest', details: [{ target: 'meeting.startDateTime' }] },
  });
  const unknown = await call('get_meeting', { requestId: 'never-sent' });
  expect(unknown).toMatchObject({ isError: true, value: { error: { code: 'requestNotFound' } } });
});

test.each<[string, string, object, string]>([
  [
    'an unknown argument',
    'create_meeting',
    { ...evening, attendes: ['ben@contoso.com'] },
    'attendes',
  ],
  ['an unknown argument of a preview', 'preview_meeting', { ...evening, attendes: [] }, 'attendes'],
  ['an unknown argument of a change', 'update_meeting', { requestId: 'a', title: 'b' }, 'title'],
  ['an unknown argument of a batch', 'submit_batch', { requests: [{}], prewiew: true }, 'prewiew'],
  ['a missing argument', 'create_meeting', { ...evening, subject: undefined }, 'subject'],
  ['a wrong type', 'get_batch', { batchId: 5 }, 'batchId'],
])('%s is refused like everything else', async (_name, tool, args, target) => {
  const refused = await call(tool, args);
  expect(refused.isError).toBe(true);
  expect(refused.text).toContain(`- ${target}: `);
  expect(refused.text).toMatch(
    /Fix the problems listed in details, then send the request again\.$/,
  );
  expect(refused.value).toMatchObject({
    error: { code: 'invalidRequest', target, details: [{ target }] },
  });
});

test('a tool that does not exist is refused with the names of those that do', async () => {
  const refused = await call('make_meeting', {});
  expect(refused.text).toMatch(
    /^The tool "make_meeting" does not exist\.\nCall one of .*create_meeting/,
  );
  expect(refused.value).toMatchObject({ error: { code: 'invalidRequest' } });
});

test('a batch that is sent twice is one batch, and its rows can be read', async () => {
  const requests = ['mcp-b1', 'mcp-b2'].map((requestId) => ({
    requestId,
    organizer: 'anna@contoso.com',
    timeZone: 'Europe/Lisbon',
    durationMinutes: 30,
    meeting: { subject: requestId, startDateTime: '2030-01-15T14:30:00' },
  }));
  const first = await call('submit_batch', { requests });
  const { batchId } = first.value as { batchId: string };
  expect((await call('submit_batch', { requests })).value).toMatchObject({ batchId });
  const finished = await eventually('the end of the batch', async () => {
    const { value } = await call('get_batch', { batchId, results: true });
    return (value as { state: string }).state === 'finished' ? value : undefined;
  });
  expect(finished).toMatchObject({
    counts: { total: 2, created: 2 },
    results: [{ requestId: 'mcp-b1' }, { requestId: 'mcp-b2' }],
  });
});

test('other methods than POST are refused by name', async () => {
  const response = await fetch(`${harness.stack.url}/api/mcp`);
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
});
