import { fromText } from '../../../src/batches/row-line';
import { isTokenOf } from '../../../src/batches/tokens';
import { MeetingError } from '../../../src/errors/meeting-error';
import { aRow, asBody, BatchHarness, someRows } from '../../support/harness/batch-harness';

const storedRows = (harness: BatchHarness) =>
  [...(harness.rows.blobs.get(harness.batch.rows.blob) ?? [])].flatMap((text) => fromText(text));

const refusal = async (work: Promise<unknown>): Promise<MeetingError> => {
  const thrown: unknown = await work.catch((caught: unknown) => caught);
  if (thrown instanceof MeetingError) return thrown;
  throw new Error('It was not refused.', { cause: thrown });
};

describe('acceptBatch', () => {
  test('stores the rows in chunks, one row in the table, and one message', async () => {
    const harness = new BatchHarness();
    const { batch, token } = await harness.accept({ body: asBody(someRows(250)) });

    expect(batch).toMatchObject({ state: 'accepted', total: 250, rejected: 0, sentChunks: 0 });
    expect(batch.rows.chunkBytes).toHaveLength(3);
    expect(isTokenOf(batch, token)).toBe(true);
    expect(isTokenOf(batch, `${token}x`)).toBe(false);
    expect(JSON.stringify(batch)).not.toContain(token);
    expect(harness.queue.messages).toMatchObject([{ batchId: batch.batchId, sequence: 1 }]);
    expect([...harness.index.active.keys()]).toEqual([batch.batchId]);
    expect(storedRows(harness).map(({ index }) => index)).toEqual(
      someRows(250).map((_, index) => index),
    );
  });

  test('keeps an invalid row with its problems', async () => {
    const harness = new BatchHarness();
    const body = asBody([aRow(0), aRow(1, { organizer: 'nobody' }), 7]);
    await harness.accept({ body });

    expect(harness.batch).toMatchObject({ total: 3, rejected: 2 });
    expect(storedRows(harness)[1]).toMatchObject({
      index: 1,
      row: 2,
      requestId: 'row-1',
      problems: [{ code: 'invalidIdentity', target: 'organizer' }],
    });
    expect(storedRows(harness)[2]).toMatchObject({
      requestId: `${harness.batch.batchId}:2`,
      problems: [{ code: 'wrongType', target: '$' }],
    });
  });

  test('puts defaults under the rows', async () => {
    const harness = new BatchHarness();
    const defaults = {
      organizer: 'ben@contoso.com',
      meeting: { lobbyBypassSettings: { scope: 'everyone', isDialInBypassEnabled: true } },
    };
    const requests = [
      aRow(0, { organizer: '' }),
      aRow(1, {
        meeting: {
          subject: 'Own',
          startDateTime: '2026-12-01T14:30:00',
          lobbyBypassSettings: { scope: 'organizer' },
        },
      }),
    ];
    await harness.accept({ body: asBody({ defaults, requests }) });

    expect(storedRows(harness).map(({ input }) => input)).toMatchObject([
      {
        organizer: 'ben@contoso.com',
        meeting: { subject: 'Evening 0', lobbyBypassSettings: { scope: 'everyone' } },
      },
      {
        organizer: 'anna@contoso.com',
        meeting: { lobbyBypassSettings: { scope: 'organizer', isDialInBypassEnabled: true } },
      },
    ]);
  });

  test('names the row and the column of a wrong cell', async () => {
    const harness = new BatchHarness();
    const csv =
      'Betreff;Subject;organizer;startDateTime;timeZone;durationMinutes\nx;"Two\nlines";nobody;2026-12-01T14:30:00;Europe/Lisbon;30\n;Right;anna@contoso.com;2026-12-01T14:30:00;Europe/Lisbon;30\n';
    await harness.accept({ body: asBody(csv), format: 'csv' });

    expect(storedRows(harness)).toMatchObject([
      {
        row: 2,
        cells: ['x', 'Two\nlines', 'nobody', '2026-12-01T14:30:00', 'Europe/Lisbon', '30'],
        problems: [{ target: 'organizer' }],
      },
      { row: 3 },
    ]);
    expect(harness.batch.csv).toEqual({
      delimiter: ';',
      header: ['Betreff', 'Subject', 'organizer', 'startDateTime', 'timeZone', 'durationMinutes'],
      headerRow: 1,
    });
  });

  test.each<[string, unknown, 'json' | 'csv', string]>([
    ['nothing in a list', [], 'json', 'missing'],
    ['an object without requests', { defaults: {} }, 'json', 'missing'],
    ['something beside requests', { requests: [aRow(0)], more: 1 }, 'json', 'invalidBatch'],
    ['a text', '"requests"', 'json', 'invalidBatch'],
    ['a list that breaks off', '[{"a":1},', 'json', 'invalidJson'],
    ['a row that is no JSON', '[{"a":1},{"a":}]', 'json', 'invalidJson'],
    ['rows without commas', '[{"a":1}{"a":2}]', 'json', 'invalidJson'],
    ['something after the end', '[{"a":1}] x', 'json', 'invalidJson'],
    ['brackets that do not match', '[{"a":[1}]]', 'json', 'invalidJson'],
    ['requests that are no list', { requests: { a: 1 } }, 'json', 'wrongType'],
    ['defaults that are no object', { requests: [aRow(0)], defaults: [] }, 'json', 'wrongType'],
    ['a header without a known name', 'a,b\n1,2\n', 'csv', 'missing'],
    ['a header alone', 'organizer,subject\n', 'csv', 'missing'],
    ['a column with a typo', 'organizer,subjct\na@x.org,b\n', 'csv', 'unknownProperty'],
    ['a path that leads nowhere', 'organizer,meeting.room\na@x.org,b\n', 'csv', 'unknownProperty'],
    [
      'a column that would be a prototype',
      'organizer,__proto__.x\na@x.org,b\n',
      'csv',
      'unknownProperty',
    ],
    ['two columns for one property', 'subject,meeting.subject\na,b\n', 'csv', 'conflicting'],
    ['a quotation mark that stays open', 'subject,organizer\n"a,b\n', 'csv', 'invalidCsv'],
  ])('refuses %s as a whole, and stores nothing', async (_name, body, format, code) => {
    const harness = new BatchHarness();
    const error = await refusal(harness.accept({ body: asBody(body), format }));
    expect(error).toMatchObject({ code: 'invalidRequest', details: [{ code }] });
    expect(
      harness.rows.blobs.size + harness.batches.rows.size + harness.queue.messages.length,
    ).toBe(0);
  });

  test('refuses one requestId for two different rows, naming both', async () => {
    const harness = new BatchHarness();
    const rows = [aRow(0), aRow(1), aRow(0, { durationMinutes: 45 })];
    const error = await refusal(harness.accept({ body: asBody(rows) }));
    expect(error.details).toMatchObject([
      {
        target: 'requestId',
        message: expect.stringMatching(/^Rows 1 and 3 have the same requestId "row-0"/),
      },
    ]);
  });

  test('accepts the same row twice, in any order of its properties', async () => {
    const harness = new BatchHarness();
    const reversed = Object.fromEntries(Object.entries(aRow(0)).toReversed());
    await harness.accept({ body: asBody([aRow(0), reversed]) });
    expect(harness.batch.total).toBe(2);
  });
});

describe('a batch under an Idempotency-Key', () => {
  const idempotencyKey = 'week-49';

  test('is the same batch when the same body comes again, under another token', async () => {
    const harness = new BatchHarness();
    const first = await harness.accept({ body: asBody(someRows(3)), idempotencyKey });
    const second = await harness.accept({ body: asBody(someRows(3)), idempotencyKey });

    expect(second.batch.batchId).toBe(first.batch.batchId);
    expect(harness.rows.blobs.size).toBe(1);
    expect([first.token, second.token].map((token) => isTokenOf(second.batch, token))).toEqual([
      true,
      true,
    ]);
  });

  test('is refused with another body', async () => {
    const harness = new BatchHarness();
    await harness.accept({ body: asBody(someRows(3)), idempotencyKey });
    const error = await refusal(harness.accept({ body: asBody(someRows(4)), idempotencyKey }));
    expect(error).toMatchObject({ code: 'requestIdReused', target: 'Idempotency-Key' });
  });

  test('keeps the rows of the one that was first when two come at once', async () => {
    const harness = new BatchHarness();
    const calls = await Promise.allSettled([
      harness.accept({ body: asBody(someRows(3)), idempotencyKey }),
      harness.accept({ body: asBody(someRows(4)), idempotencyKey }),
    ]);
    expect(calls.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(storedRows(harness)).toHaveLength(harness.batch.total);
  });

  // The calls when a batch is accepted: read, chunk, blob, list, row, message.
  describe.each(['before', 'after'] as const)('that breaks off %s the effect of a call', (when) => {
    test.each([0, 1, 2, 3, 4, 5])(
      'number %i becomes one whole batch when it is sent again',
      async (at) => {
        const harness = new BatchHarness();
        const submission = { body: asBody(someRows(3)), idempotencyKey };
        harness.crash = { at, when };
        const first = harness.accept(submission);
        // With its row in the table, a batch is accepted, and its message may be lost.
        if (at < 5) await expect(first).rejects.toThrow('crash');
        else expect((await first).batch).toMatchObject({ state: 'accepted' });
        harness.crash = undefined;
        await harness.accept(submission);
        await harness.run();

        expect(harness.batches.rows.size).toBe(1);
        expect(harness.batch).toMatchObject({
          state: 'finished',
          total: 3,
          counts: { created: 3 },
        });
        expect(harness.completions.published).toHaveLength(1);
      },
    );
  });
});
