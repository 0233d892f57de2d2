import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BatchStatus } from '../../../src/batches/results/batch-status';
import { codeBlocks, page } from '../../documentation/pages';
import { eventually } from '../../support/harness/eventually';
import { StackHarness } from '../../support/harness/stack-harness';
import { partsIn } from '../../support/workbook/read-workbook';
import {
  row as rowOfCells,
  text as textCell,
  workbookOf,
  zipOf,
} from '../../support/workbook/workbook-parts';

const fixture = StackHarness.use();
/** SHEET_ROWS=1000 sends a thousand again, of which three have changed. */
const count = Number(process.env['SHEET_ROWS'] ?? 6);
const indexes = Array.from({ length: count }, (_, index) => index);

interface Row {
  readonly requestId: string;
  readonly action: string;
  readonly subject: string;
  readonly startDateTime: string;
}

const row = (index: number, day: number, action = ''): Row => ({
  requestId: `lesson-${index}`,
  action,
  subject: `Übung ${index}`,
  startDateTime: `2026-12-0${day}T14:30:00`,
});

const columns = ['requestId', 'action', 'subject', 'startDateTime'] as const;

/** As Excel saves it in countries with semicolons as list separators: with a byte order mark and Windows line ends. */
const asExcelCsv = (rows: readonly Row[]): string => {
  const lines = rows.map((each) => columns.map((name) => each[name]).join(';'));
  return `\uFEFF${[columns.join(';'), ...lines, ''].join('\r\n')}`;
};

const asJson = (rows: readonly Row[]): string =>
  JSON.stringify(
    rows.map(({ requestId, action, ...meeting }) => ({
      requestId,
      ...(action !== '' && { action }),
      meeting,
    })),
  );

function ended(location: string): Promise<BatchStatus> {
  const ask = async (): Promise<BatchStatus | undefined> => {
    const response = await fetch(location);
    return response.status === 200 ? ((await response.json()) as BatchStatus) : undefined;
  };
  return eventually('the end of the batch', ask, { withinMs: 60_000 + 500 * count, everyMs: 200 });
}

async function send(body: string | Uint8Array<ArrayBuffer>, query = ''): Promise<BatchStatus> {
  const response = await fetch(
    `${fixture.stack.url}/api/batches?organizer=anna@contoso.com&timeZone=Europe/Lisbon&durationMinutes=30${query}`,
    { method: 'POST', body },
  );
  return ended(response.headers.get('location') ?? '');
}

async function undo(batchId: string): Promise<BatchStatus> {
  const url = `${fixture.stack.url}/api/batches/${batchId}`;
  const response = await fetch(`${url}?meetings=true`, { method: 'DELETE' });
  expect([200, 202]).toContain(response.status);
  return ended(url);
}

/** The calls to Graph since the last time. */
function changesInGraph(): readonly string[] {
  const calls = fixture.stack.graph.log.list().filter(({ method }) => method !== 'GET');
  fixture.stack.graph.log.clear();
  return calls.map(({ method }) => method);
}

beforeEach(() => fixture.stack.graph.reset());

test.each([
  ['Excel’s CSV', asExcelCsv],
  ['JSON', asJson],
])(
  'a sheet is made, moved by sending it changed, half cancelled by a column, and undone: %s',
  async (format, write) => {
    const rowOf = (index: number, day: number, action = ''): Row => ({
      ...row(index, day, action),
      requestId: `${format} ${index}`,
    });
    const first = await send(write(indexes.map((index) => rowOf(index, 1))));
    expect(first.counts).toMatchObject({ total: count, created: count });
    expect(fixture.stack.graph.meetings.list()[0]?.meeting.subject).toMatch(/^Übung \d+$/);
    changesInGraph();

    const dayOf = (index: number): number => (index < 3 ? 2 : 1);
    const moved = indexes.map((index) => rowOf(index, dayOf(index)));
    const second = await send(write(moved), '&action=upsert');
    expect(second.counts).toMatchObject({ updated: 3, unchanged: count - 3 });
    expect(changesInGraph()).toEqual(['PATCH', 'PATCH', 'PATCH']);

    const half = indexes.map((index) =>
      rowOf(index, dayOf(index), index < 4 ? 'cancel' : 'upsert'),
    );
    expect((await send(write(half))).counts).toMatchObject({ cancelled: 4, unchanged: count - 4 });
    expect(fixture.stack.graph.meetings.list()).toHaveLength(count - 4);

    expect((await undo(first.batchId)).counts).toMatchObject({ cancelled: count, created: 0 });
    expect(fixture.stack.graph.meetings.list()).toEqual([]);
    expect((await undo(first.batchId)).counts).toMatchObject({ cancelled: count });
  },
  180_000 + 2_000 * count,
);

test('the commands of docs/batches.md make a hundred meetings, move them, cancel half, and undo the rest', async () => {
  const text = page('docs/batches.md');
  const [change = ''] = codeBlocks(
    text.split('\n## Change a sheet and send it again')[1] ?? '',
    'sh',
  );
  const [undoing = ''] = codeBlocks(text.split('\n## Cancel its meetings')[1] ?? '', 'sh');
  const { graph } = fixture.stack;

  const told = await runInShell(`${change}\necho; echo "$talks"`);
  expect(
    told.match(/"counts":\{[^}]*\}/g)?.map((counts) => JSON.parse(`{${counts}}`)),
  ).toMatchObject([
    { counts: { total: 100, created: 100 } },
    { counts: { total: 100, updated: 50, unchanged: 50 } },
    { counts: { total: 100, cancelled: 50, unchanged: 50 } },
  ]);
  expect(new Set(graph.meetings.list().map(({ meeting }) => meeting.startDateTime))).toEqual(
    new Set(['2030-12-03T10:00:00Z']),
  );
  expect(graph.meetings.list()).toHaveLength(50);
  expect(changesInGraph().filter((method) => method === 'PATCH')).toHaveLength(50);

  const talks = told.trim().split('\n').at(-1) ?? '';
  expect(await runInShell(`talks=${talks}\n${undoing}`)).toMatch(/^HTTP\/1.1 20[02] /);
  const after = await ended(`${fixture.stack.url}/api/batches/${talks}`);
  expect(after.counts).toMatchObject({ cancelled: 100, created: 0 });
  expect(graph.meetings.list()).toEqual([]);
}, 180_000);

/** Runs commands of a page against this stack. A `sleep` ends when the sent batches have ended. */
async function runInShell(commands: string): Promise<string> {
  const sleep = `sleep() { for id in $talks $moved $half; do
    until [ "$(curl -so /dev/null -w '%{http_code}' "${fixture.stack.url}/api/batches/$id")" = 200 ]; do command sleep 0.3; done
  done; }`;
  const here = commands.replaceAll('http://127.0.0.1:7071', fixture.stack.url);
  const { stdout } = await promisify(execFile)('bash', [
    '-euc',
    `talks= moved= half=\n${sleep}\n${here}`,
  ]);
  return stdout;
}

test('a refresh of the sheet reverts what people changed in Teams', async () => {
  const sheet = asExcelCsv(
    indexes.map((index) => ({ ...row(index, 3), requestId: `taught-${index}` })),
  );
  await send(sheet, '&action=upsert');
  const { graph } = fixture.stack;
  const stored = (index: number) =>
    graph.meetings.list().find(({ meeting }) => meeting.subject === `Übung ${index}`)?.meeting;
  const inTeams = async (index: number, change: object): Promise<void> => {
    const url = `${graph.url}/_simulator/meetings/${encodeURIComponent(stored(index)?.id ?? '')}`;
    const { ok } = await fetch(url, { method: 'PATCH', body: JSON.stringify(change) });
    expect(ok).toBe(true);
  };
  await inTeams(1, {
    startDateTime: '2026-12-04T08:00:00Z',
    endDateTime: '2026-12-04T08:30:00Z',
  });
  await inTeams(2, { allowedPresenters: 'organizer' });
  changesInGraph();

  const { counts } = await send(sheet, '&action=upsert&refresh=true');
  expect(counts).toMatchObject({ updated: 1, unchanged: count - 1 });
  expect(changesInGraph()).toEqual(['PATCH']);
  // Properties that are not in the sheet are left to people.
  expect(stored(1)).toMatchObject({ startDateTime: '2026-12-03T14:30:00Z' });
  expect(stored(2)).toMatchObject({ allowedPresenters: 'organizer' });
}, 60_000);

const names = ['subject', 'startDateTime'];
const added = ['Added', '2030-12-03T14:30:00'];
const firstRows = [
  ['First', '2030-12-01T14:30:00'],
  ['Second', '2030-12-02T14:30:00'],
];
const part = 'xl/worksheets/sheet1.xml';

test.each([
  {
    format: 'csv',
    sheet: Buffer.from([names, ...firstRows].map((cells) => `${cells.join(';')}\n`).join('')),
    withRow: (sheet: Buffer) => Buffer.concat([sheet, Buffer.from(added.join(';'))]),
  },
  {
    format: 'xlsx',
    sheet: Buffer.from(
      workbookOf({
        sheets: [
          {
            name: 'Evening',
            rows: [names, ...firstRows].map((cells) => rowOfCells(cells.map(textCell))).join(''),
          },
        ],
      }),
    ),
    withRow(sheet: Buffer) {
      const parts = partsIn(sheet);
      const cells = rowOfCells(added.map(textCell));
      const sheetXml = parts[part]?.replace('</sheetData>', `${cells}</sheetData>`) ?? '';
      return Buffer.from(zipOf({ ...parts, [part]: sheetXml }));
    },
  },
])(
  'a row added to the sheet that came back gets one meeting, however often the next one is sent: $format',
  async ({ format, sheet, withRow }) => {
    const sendAndGet = async (sent: Buffer): Promise<readonly [BatchStatus['counts'], Buffer]> => {
      const { batchId, counts } = await send(Uint8Array.from(sent));
      const results = `${fixture.stack.url}/api/batches/${batchId}/results?format=${format}`;
      return [counts, Buffer.from(await (await fetch(results)).arrayBuffer())];
    };
    const [first, downloaded] = await sendAndGet(sheet);
    expect(first).toMatchObject({ created: 2 });
    const [second, again] = await sendAndGet(withRow(downloaded));
    expect(second).toMatchObject({ total: 3, created: 1, existing: 2 });
    const [third] = await sendAndGet(again);
    expect(third).toMatchObject({ total: 3, created: 0, existing: 3 });
    const subjects = fixture.stack.graph.meetings
      .list()
      .map(({ meeting }) => meeting.subject ?? '');
    expect(subjects.toSorted()).toEqual(['Added', 'First', 'Second']);
  },
  60_000,
);

test('an undo leaves meetings that the batch only found', async () => {
  await send(asExcelCsv([row(1_001, 5)]));
  const second = await send(asExcelCsv([row(1_001, 5), row(1_002, 5)]));
  expect(second.counts).toMatchObject({ created: 1, existing: 1 });
  expect((await undo(second.batchId)).counts).toMatchObject({ cancelled: 1, existing: 1 });
  expect(fixture.stack.graph.meetings.list()).toMatchObject([
    { meeting: { subject: 'Übung 1001' } },
  ]);
}, 60_000);
