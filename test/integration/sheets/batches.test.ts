import { eventually } from '../../support/harness/eventually';
import { submitBatch } from '../../support/harness/submit-batch';
import { requestBody, StackHarness } from '../../support/harness/stack-harness';

/** Few rows at a time, so that a batch of some hundred rows can be cancelled halfway. */
const harness = StackHarness.use({ settings: { BATCH_WINDOW: '100' } });

interface Status {
  readonly batchId: string;
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly resultsUrl: string;
}

/** Polls like Power Automate: without a key, at the returned address, until the answer is not 202. */
async function finished(location: string): Promise<Status> {
  const ask = async (): Promise<Status | undefined> => {
    const response = await fetch(location);
    // Retries when storage does not answer in time, like flows.
    if (response.status === 503) return undefined;
    const status = (await response.json()) as Status;
    if (response.status !== 202) return status;
    expect(response.headers.get('location')).toBe(location);
    return undefined;
  };
  return eventually('the end of the batch', ask, { withinMs: 60_000 });
}

const post = async (body: string, headers: Record<string, string>, query = ''): Promise<string> => {
  const response = await submitBatch(`${harness.stack.url}/api/batches${query}`, body, headers);
  expect(response.status).toBe(202);
  return response.headers.get('location') ?? '';
};

const json = { 'Content-Type': 'application/json' };

test('a batch of JSON comes to its results, and the last message on the queue says so', async () => {
  const requests = Array.from({ length: 110 }, (_, index) =>
    requestBody({ requestId: `json-${index}`, ...(index === 7 && { organizer: '' }) }),
  );
  const location = await post(JSON.stringify({ requests }), json);
  const status = await finished(location);
  expect(status).toMatchObject({
    state: 'finished',
    counts: { total: 110, rejected: 1, created: 109, failed: 1, pending: 0 },
  });

  const page = (await (await fetch(`${status.resultsUrl}?skip=5&top=3`)).json()) as object;
  expect(page).toMatchObject({
    value: [
      {
        index: 5,
        requestId: 'json-5',
        status: 'created',
        meeting: { joinWebUrl: expect.any(String) },
      },
      { index: 6 },
      { index: 7, status: 'failed', row: 8, error: { code: 'invalidRequest' } },
    ],
  });
  expect(await harness.resultOf('json-5')).toMatchObject({ batchId: status.batchId, index: 5 });
  expect(await harness.messageOfType('batchCompleted')).toMatchObject({
    batchId: status.batchId,
    counts: { total: 110, created: 109, failed: 1 },
  });
}, 90_000);

test('a sheet comes back with its own columns, and makes no second meeting when it is sent again', async () => {
  const sheet =
    '\uFEFFNr;requestId;Betreff;subject;startDateTime;attendees\r\n' +
    '1;csv-1;"Elternabend; 3b";Elternabend;2026-12-01T14:30:00;"ben@contoso.com;carla@contoso.com"\r\n' +
    '2;csv-2;=Summe;"Zwei\nZeilen";2026-12-01T15:30:00;\r\n';
  const query = '?organizer=anna@contoso.com&timeZone=Europe/Lisbon&durationMinutes=45';
  const csv = { 'Content-Type': 'text/csv' };
  const first = await finished(await post(sheet, csv, query));
  expect(first.counts).toMatchObject({ created: 2 });
  const text = await (await fetch(`${first.resultsUrl}?format=csv`)).text();
  expect(text.split('\r\n')).toEqual([
    'Nr;requestId;Betreff;subject;startDateTime;attendees;status;joinWebUrl;meetingId;notApplied;errorCode;errorMessage;remedy;joinMeetingId;joinPasscode;joinDialIn;meetingOptionsWebUrl;expiryDateTime;joinText',
    expect.stringMatching(
      /^1;csv-1;"Elternabend; 3b";Elternabend;2026-12-01T14:30:00;"ben@contoso\.com;carla@contoso\.com";created;https:/,
    ),
    expect.stringMatching(/^2;csv-2;'=Summe;"Zwei\nZeilen";2026-12-01T15:30:00;;created;https:/),
    '',
  ]);

  const again = await finished(await post(sheet, csv, query));
  expect(again.batchId).not.toBe(first.batchId);
  expect(again.counts).toMatchObject({ total: 2, existing: 2, created: 0 });
}, 90_000);

test('a batch is opened by its token, and by nothing like it', async () => {
  const location = await post(JSON.stringify([requestBody()]), json);
  const wrong = await fetch(`${location.slice(0, -1)}${location.endsWith('A') ? 'B' : 'A'}`);
  expect(wrong.status).toBe(404);
  expect((await fetch(`${location}/results`)).status).toBe(200);
  expect((await finished(location)).state).toBe('finished');
}, 90_000);

test('messages that claim the rows of a batch leave its counts and results alone', async () => {
  const requests = [0, 1].map((index) => requestBody({ requestId: `own-${index}` }));
  const { batchId, resultsUrl, counts } = await finished(
    await post(JSON.stringify({ requests }), json),
  );
  expect(counts).toMatchObject({ total: 2, created: 2 });
  const results = async (): Promise<string> => (await fetch(resultsUrl)).text();
  const before = await results();

  const metadata = { batchId, index: 0, rowToken: 'guessed', attempts: 9 };
  await harness.send(JSON.stringify({ ...requestBody({ requestId: 'forged-0' }), metadata }));
  const wrong = requestBody({ requestId: 'forged-1', organizer: '' });
  await harness.send(JSON.stringify({ ...wrong, metadata }));

  const [made, refused] = [await harness.resultOf('forged-0'), await harness.resultOf('forged-1')];
  expect([made.status, refused.status]).toEqual(['created', 'failed']);
  expect([made.batchId, refused.batchId]).toEqual([undefined, undefined]);
  expect(await results()).toBe(before);
});

test('a cancelled batch begins nothing more, and every row has its result', async () => {
  const requests = Array.from({ length: 300 }, (_, index) =>
    requestBody({ requestId: `cancel-${index}` }),
  );
  const location = await post(JSON.stringify({ requests }), json);
  const { batchId } = (await (await fetch(location)).json()) as Status;
  const response = await fetch(`${harness.stack.url}/api/batches/${batchId}`, { method: 'DELETE' });
  expect(response.status).toBe(202);
  const { state, counts } = await finished(location);
  expect(state).toBe('cancelled');
  expect(counts).toMatchObject({ total: 300, pending: 0, unknown: 0 });
  expect((counts['created'] ?? 0) + (counts['failed'] ?? 0)).toBe(300);
  expect(counts['created']).toBeLessThan(250);
}, 120_000);
