import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { QueueServiceClient, type QueueClient } from '@azure/storage-queue';
import { projectFolder } from '../../../local/project-folder';
import { eventually } from '../../support/harness/eventually';
import { ConnectorHarness } from '../../support/harness/connector-harness';
import type {
  WorkflowAction,
  WorkflowDefinition,
} from '../../support/power-automate/workflow-definition';
import {
  WorkflowRunner,
  type ConnectorCall,
  type Run,
} from '../../support/power-automate/workflow-runner';

const harness = ConnectorHarness.use();
const read = (path: string): unknown =>
  JSON.parse(readFileSync(join(projectFolder(), 'power-automate/samples', path), 'utf8'));
const definition = (path: string): WorkflowDefinition => read(path) as WorkflowDefinition;
const play = (run: Run) => new WorkflowRunner(run).run();

type Row = Record<string, string>;

/** An Excel table as its connector shows it: all cells are text, blank ones too. */
class Table {
  readonly rows: Row[];
  readonly calls: ConnectorCall[] = [];

  constructor(rows: readonly Row[]) {
    const blank = { Organizer: '', Minutes: '', Attendees: '', JoinLink: '', Result: '', Try: '' };
    this.rows = rows.map((row) => ({ ...blank, ...row }));
  }

  readonly connector = (call: ConnectorCall): unknown => {
    this.calls.push(call);
    if (call.method === 'get')
      return {
        value: this.rows.map((row) => ({ ...row, '@odata.etag': '', ItemInternalId: 'x' })),
      };
    const key = call.segments.at(-1);
    const row = this.rows.find((each) => each['Key'] === key);
    if (row === undefined || call.queries['idColumn'] !== 'Key')
      throw new Error(`No row has the key ${key}.`);
    return Object.assign(row, call.body);
  };

  row(key: string): Row {
    return this.rows.find((row) => row['Key'] === key) ?? {};
  }
}

describe('Excel table', () => {
  const run = (table: Table, name: string) =>
    play({
      definition: definition('excel-table/definition.json'),
      parameters: {
        convokeUrl: `${harness.url}/api`,
        functionKey: harness.key,
        organizer: 'anna@contoso.com',
        timeZone: 'Pacific Standard Time',
        workbookSource: 'me',
        workbookDrive: 'b!drive',
        workbookFile: '01FILE',
        table: 'Meetings',
      },
      trigger: {},
      connector: table.connector,
      name,
    });

  const table = new Table([
    { Key: '1', Subject: 'Sheet', Start: '46357.604166666664' },
    {
      Key: 'A/2',
      Subject: 'Sheet',
      Start: '2026-12-01T14:30',
      Minutes: '45',
      Attendees: 'ben@contoso.com;parent@example.org',
    },
    { Key: '3', Subject: 'Sheet', Start: '46357.75', Organizer: 'nobody@contoso.com' },
    { Key: '', Subject: '', Start: '' },
  ]);

  test('links are written beside their rows, and errors beside the others', async () => {
    await run(table, 'run-1');
    expect(table.row('1')).toMatchObject({
      JoinLink: expect.stringContaining('https://') as unknown,
      Result: 'created',
    });
    expect(table.row('A/2')).toMatchObject({
      JoinLink: expect.stringContaining('https://') as unknown,
      Result: 'created',
    });
    expect(table.row('3')).toMatchObject({
      JoinLink: '',
      Result: expect.stringContaining('No user') as unknown,
    });
    expect(table.row('1')['JoinLink']).not.toBe(table.row('A/2')['JoinLink']);
    expect(harness.meetings('Sheet')).toBe(2);
  });

  test('the next run leaves rows with a link alone, and a corrected row gets its own', async () => {
    Object.assign(table.row('3'), { Organizer: '', Try: '2' });
    await run(table, 'run-2');
    expect(table.row('3')).toMatchObject({
      JoinLink: expect.stringContaining('https://') as unknown,
      Result: 'created',
    });
    const calls = table.calls.length;
    await run(table, 'run-3');
    expect(table.calls.length).toBe(calls + 1);
    expect(harness.meetings('Sheet')).toBe(3);
  });

  test('a run that stopped before it wrote the links makes no second meeting', async () => {
    for (const row of table.rows) Object.assign(row, { JoinLink: '' });
    await run(table, 'run-4');
    expect(table.row('1')).toMatchObject({
      JoinLink: expect.stringContaining('https://') as unknown,
      Result: 'existing',
    });
    expect(harness.meetings('Sheet')).toBe(3);
  });

  test('what Teams did not apply of a row stands beside its link', async () => {
    const { graph } = harness.stack;
    const silent = { kind: 'omit', properties: ['participants'] } as const;
    graph.setFaults({ rules: [{ match: { path: 'onlineMeetings' }, fault: silent }] });
    const row = { Key: 'P', Subject: 'Partly', Start: '46357.75', Attendees: 'ben@contoso.com' };
    const partly = new Table([row]);
    await run(partly, 'run-5').finally(() => graph.setFaults({}));
    expect(partly.row('P')).toMatchObject({
      JoinLink: expect.stringContaining('https://') as unknown,
      Result: 'created, not applied: participants.attendees[0]',
    });
  });
});

describe('SharePoint list', () => {
  const run = async (item: object): Promise<unknown> => {
    const patches: unknown[] = [];
    await play({
      definition: definition('sharepoint-list/definition.json'),
      parameters: {
        organizer: 'anna@contoso.com',
        site: 'https://contoso.sharepoint.com/sites/school',
        list: 'Evenings',
      },
      trigger: item,
      connector: ({ method, segments, body }) =>
        patches.push({ method, id: segments.at(-1), body }),
      functionUrl: `${harness.url}/api/createMeeting?code=${harness.key}`,
    });
    return patches;
  };

  test('a new item gets its link', async () => {
    const item = {
      ID: 17,
      Title: 'Item',
      Start: '2026-12-01T14:30:00Z',
      Minutes: null,
      Organizer: null,
    };
    expect(await run(item)).toMatchObject([
      {
        method: 'patch',
        id: '17',
        body: {
          Title: 'Item',
          JoinLink: expect.stringContaining('https://') as unknown,
          Result: 'created',
        },
      },
    ]);
    expect(await run(item)).toMatchObject([{ body: { Result: 'existing' } }]);
    expect(harness.meetings('Item')).toBe(1);
  });

  test('an item that cannot have a meeting gets the reason', async () => {
    const item = {
      ID: 18,
      Title: 'Item',
      Start: '2026-12-01T14:30:00Z',
      Organizer: { Email: 'no-policy@contoso.com' },
    };
    expect(await run(item)).toMatchObject([
      { body: { Title: 'Item', Result: expect.stringContaining('policy') as unknown } },
    ]);
  });
});

describe('queue in, queue out', () => {
  const queue = (name: string): QueueClient =>
    QueueServiceClient.fromConnectionString(harness.stack.storage.connectionString).getQueueClient(
      name,
    );
  let listener: Server;
  const passedOn: {
    key: string;
    status: string;
    link: string | null;
    notApplied: string[];
    error: string | null;
  }[] = [];

  beforeAll(async () => {
    listener = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        passedOn.push(JSON.parse(Buffer.concat(chunks).toString()) as (typeof passedOn)[number]);
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => listener.close(resolve)));

  const send = (rows: readonly object[]) =>
    play({
      definition: definition('queue-in-queue-out/requests.json'),
      parameters: {
        queueEndpoint: 'https://store.queue.core.windows.net/',
        organizer: 'anna@contoso.com',
        timeZone: 'Europe/Lisbon',
      },
      trigger: { rows },
      connector: ({ segments, body }) => queue(segments.at(-2) ?? '').sendMessage(String(body)),
    });

  /** The messages on the results queue, each in a separate run, as the trigger splits them. */
  async function receive(): Promise<void> {
    const { receivedMessageItems } = await queue('meeting-results').receiveMessages({
      numberOfMessages: 32,
    });
    for (const { messageId, messageText, popReceipt } of receivedMessageItems) {
      await play({
        definition: definition('queue-in-queue-out/results.json'),
        parameters: {
          queueEndpoint: 'https://store.queue.core.windows.net/',
          resultsUrl: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`,
        },
        trigger: { MessageId: messageId, MessageText: messageText, PopReceipt: popReceipt },
        connector: ({ method, segments, queries }) =>
          queue('meeting-results').deleteMessage(
            method === 'delete' ? (segments.at(-1) ?? '') : '',
            queries['popreceipt'] ?? '',
          ),
      });
    }
  }

  test('rows go out by queue and their links come back by queue', async () => {
    const rows = Array.from({ length: 55 }, (_, row) => ({
      key: `queue-${row}`,
      subject: 'Queue',
      start: '2026-12-01T14:30',
      minutes: 30,
    }));
    await send([...rows, { key: 'queue-wrong', subject: 'Queue', start: 'tomorrow' }]);
    const ours = () => passedOn.filter(({ key }) => key.startsWith('queue-'));
    const received = async (): Promise<boolean> => {
      await receive();
      return ours().length >= 56;
    };
    await eventually('56 results', received, { withinMs: 25_000 });
    expect(
      ours().filter(
        ({ status, link }) => status === 'created' && link?.startsWith('https://') === true,
      ),
    ).toHaveLength(55);
    expect(ours()).toContainEqual({
      key: 'queue-wrong',
      status: 'failed',
      link: null,
      notApplied: [],
      error: expect.stringContaining('valid') as unknown,
    });
    expect(harness.meetings('Queue')).toBe(55);
  });
});

describe('actions to paste', () => {
  interface Pasted {
    readonly operationDefinition: WorkflowAction;
  }
  const listRows = 'List_rows_present_in_a_table';
  const rows = [
    {
      Key: 'p1',
      Subject: 'Pasted',
      Start: '46357.604166666664',
      Organizer: '',
      Minutes: '',
      Attendees: '',
    },
  ];

  /** The pasted action after its predecessor, with the maker's own address and key. */
  const played = (path: string, trigger: unknown = {}) => {
    const text = JSON.stringify(read(path))
      .replaceAll('https://YOUR-APP.azurewebsites.net', harness.url)
      .replaceAll('PASTE-THE-FUNCTION-KEY-HERE', harness.key);
    const pasted = (JSON.parse(text) as Pasted).operationDefinition;
    return play({
      definition: {
        ...definition('excel-table/definition.json'),
        actions: { [listRows]: { type: 'ApiConnection', inputs: {} }, Pasted: pasted },
      },
      parameters: {},
      trigger,
      connector: () => ({ value: rows }),
    });
  };

  test('make the meetings of a table', async () => {
    const done = await played('excel-table/paste-create-meetings.json');
    expect(done.get('Get_results')?.body).toMatchObject({
      value: [{ requestId: 'excel-p1', status: 'created' }],
    });
  });

  test('make the meeting of an item', async () => {
    const done = await played('sharepoint-list/paste-create-meeting.json', {
      ID: 99,
      Title: 'Pasted',
      Start: '2026-12-01T14:30:00Z',
    });
    expect(done.get('Result')?.body).toMatchObject({
      requestId: 'sharepoint-99',
      meeting: { joinWebUrl: expect.any(String) as unknown },
    });
  });

  test('make a message, and read a result', async () => {
    const message = (await played('queue-in-queue-out/paste-message.json')).get('Message')?.body;
    expect(JSON.parse(String(message))).toMatchObject([
      { requestId: 'excel-p1', meeting: { subject: 'Pasted' } },
    ]);
    const done = await played('queue-in-queue-out/paste-result.json', {
      MessageText: '{"requestId":"excel-p1","status":"created"}',
    });
    expect(done.get('Result')?.body).toEqual({ requestId: 'excel-p1', status: 'created' });
  });
});
