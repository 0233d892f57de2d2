import { eventually } from '../../support/harness/eventually';
import { ConnectorHarness, type ActionAnswer } from '../../support/harness/connector-harness';
import { shortWaits } from '../../../trial/variants/short-times';
import { overHttp, type Network } from '../../support/power-automate/flow-engine';
import { requestOf, requestsOf } from '../../support/power-automate/flow-requests';

const harness = ConnectorHarness.use(shortWaits);
const graph = () => harness.stack.graph;

/** Loses the first answers after the app has done its work. */
const losing = (count: number): Network => {
  let left = count;
  return async (...call) => {
    const answer = await overHttp(...call);
    left -= 1;
    if (left >= 0) throw new Error('The connection was closed.');
    return answer;
  };
};

afterEach(() => graph().setFaults({}));

describe('Create a meeting', () => {
  test('gives the result at once', async () => {
    const plain = { body: requestOf('Plain') };
    const { status, body, engine } = await harness.run('CreateMeeting', plain, { timeFactor: 1 });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'created',
      notApplied: [],
      meeting: { joinWebUrl: expect.any(String) as unknown },
    });
    expect(engine.sent).toHaveLength(1);
  });

  const failures = [
    [
      'Graph fails before it made the meeting',
      'Before',
      { kind: 'status', status: 503, when: 'before' },
    ],
    [
      'Graph fails after it made the meeting',
      'After',
      { kind: 'status', status: 500, when: 'after' },
    ],
    [
      'Graph breaks the connection after it made the meeting',
      'Dropped',
      { kind: 'drop', when: 'after' },
    ],
  ] as const;

  describe('makes one meeting', () => {
    const answers = new Map<string, ActionAnswer>();

    /** Concurrently, because the app waits in real time. */
    beforeAll(async () => {
      const rules = failures.map(([, subject, fault]) => ({
        match: { path: 'createOrGet', bodyIncludes: subject },
        count: 6,
        fault,
      }));
      graph().setFaults({ rules });
      const runs = failures.map(async ([, subject]) => {
        const answer = await harness.run('CreateMeeting', { body: requestOf(subject) });
        answers.set(subject, answer);
      });
      await Promise.all(runs);
    }, 60_000);

    test.each(failures)('when %s', (_name, subject) => {
      const { status, body, engine } = answers.get(subject) ?? {};
      expect([200, 201]).toContain(status);
      expect(body).toMatchObject({ meeting: { subject } });
      expect(engine?.sent.length).toBeGreaterThan(1);
      expect(harness.meetings(subject)).toBe(1);
    });
  });

  test('retries when Graph throttles for longer than a call can wait', async () => {
    const fault = { kind: 'status', status: 429, retryAfterSeconds: 1, when: 'before' };
    const match = { path: 'createOrGet', bodyIncludes: 'Throttled' };
    graph().setFaults({ rules: [{ match, count: 1, fault }] });
    const body = requestOf('Throttled', { organizer: 'ben@contoso.com' });
    // In real time, because the app waits by its own clock.
    const { status, engine } = await harness.run('CreateMeeting', { body }, { timeFactor: 1 });
    expect([status, engine.sent.length, harness.meetings('Throttled')]).toEqual([201, 2, 1]);
  });

  test('makes one meeting when its answer is lost', async () => {
    const { status, body } = await harness.run(
      'CreateMeeting',
      { body: requestOf('Lost') },
      { network: losing(2) },
    );
    expect([status, harness.meetings('Lost')]).toEqual([200, 1]);
    expect(body).toMatchObject({ status: 'existing', requestId: 'flow-Lost' });
  });

  test('makes one meeting when Graph is so slow that the flow repeats its call', async () => {
    graph().setFaults({
      rules: [
        {
          match: { path: 'createOrGet', bodyIncludes: 'Slow' },
          count: 2,
          fault: { kind: 'latency', ms: 1500 },
        },
      ],
    });
    const { status, engine } = await harness.run(
      'CreateMeeting',
      { body: requestOf('Slow') },
      { answerLimitMs: 1_200 },
    );
    expect([200, 201]).toContain(status);
    expect(engine.sent.length).toBeGreaterThan(1);
    expect(harness.meetings('Slow')).toBe(1);
  });

  test('does not repeat what is wrong, and says why', async () => {
    const { status, body, engine } = await harness.run('CreateMeeting', {
      body: requestOf('Wrong', { timeZone: 'Nowhere' }),
    });
    expect([status, engine.sent.length]).toEqual([400, 1]);
    expect(body).toMatchObject({
      error: {
        code: 'invalidRequest',
        target: 'timeZone',
        innerError: { remedy: expect.any(String) as unknown },
      },
    });
  });
});

describe('Create meetings from a list', () => {
  test('continues when all rows are done, and polls without a key', async () => {
    const { status, body, engine } = await harness.run('CreateMeetingsFromList', {
      body: { requests: requestsOf('List', 12) },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'finished',
      counts: { total: 12, created: 12, pending: 0 },
    });
    const [first, ...polls] = engine.sent;
    expect(first?.headers).toHaveProperty('x-functions-key');
    expect(polls).not.toHaveLength(0);
    expect(polls.map(({ method, headers }) => [method, headers])).toEqual(
      polls.map(() => ['GET', {}]),
    );
    const { batchId } = body as { batchId: string };
    const results = await harness.run('GetBatchResults', { batchId });
    const rows = (
      results.body as { value: { requestId: string; meeting: { joinWebUrl: string } }[] }
    ).value;
    expect(rows.map(({ requestId }) => requestId)).toEqual(
      requestsOf('List', 12).map((each) => (each as { requestId: string }).requestId),
    );
    expect(new Set(rows.map(({ meeting }) => meeting.joinWebUrl)).size).toBe(12);
  });

  test('accepts common values of all rows once', async () => {
    const body = {
      defaults: {
        organizer: 'anna@contoso.com',
        timeZone: 'Pacific Standard Time',
        durationMinutes: 45,
        meeting: { allowedPresenters: 'organizer' },
      },
      requests: [
        { requestId: 'defaults-1', meeting: { subject: 'Defaults', startDateTime: '46357.5' } },
      ],
    };
    const { body: status } = await harness.run('CreateMeetingsFromList', { body });
    expect(status).toMatchObject({ counts: { created: 1 } });
    const [made] = graph()
      .meetings.list()
      .filter(({ meeting }) => meeting.subject === 'Defaults');
    expect(made?.meeting).toMatchObject({
      startDateTime: expect.stringMatching(/^2026-12-01T20:00:00/) as unknown,
      allowedPresenters: 'organizer',
    });
  });

  test('makes every meeting once although Graph throttles, fails and breaks off', async () => {
    graph().setFaults({
      seed: 7,
      rules: [
        {
          match: { path: 'createOrGet' },
          probability: 0.15,
          fault: { kind: 'status', status: 429, retryAfterSeconds: 1, when: 'before' },
        },
        {
          match: { path: 'createOrGet' },
          probability: 0.15,
          fault: { kind: 'status', status: 503, when: 'before' },
        },
        {
          match: { path: 'createOrGet' },
          probability: 0.15,
          fault: { kind: 'drop', when: 'after' },
        },
      ],
    });
    const { status, body } = await harness.run('CreateMeetingsFromList', {
      body: { requests: requestsOf('Faulty', 20) },
    });
    expect([status, harness.meetings('Faulty')]).toEqual([200, 20]);
    expect(body).toMatchObject({ counts: { total: 20, failed: 0, unknown: 0, pending: 0 } });
  }, 120_000);

  test('is one batch when its answer is lost, under one run key', async () => {
    const values = { body: { requests: requestsOf('Key', 3) }, 'Idempotency-Key': 'run-08585' };
    const [first, second] = [
      await harness.run('CreateMeetingsFromList', values, { network: losing(1) }),
      await harness.run('CreateMeetingsFromList', values),
    ];
    expect((second.body as { batchId: string }).batchId).toBe(
      (first.body as { batchId: string }).batchId,
    );
    expect(harness.meetings('Key')).toBe(3);
  });

  test('makes every meeting once when its answer is lost, also without a run key', async () => {
    const { body } = await harness.run(
      'CreateMeetingsFromList',
      { body: { requests: requestsOf('NoKey', 3) } },
      { network: losing(1) },
    );
    expect(body).toMatchObject({ state: 'finished', counts: { total: 3, failed: 0 } });
    expect(harness.meetings('NoKey')).toBe(3);
  });

  test('succeeds when rows are invalid, and names them', async () => {
    const requests = [
      ...requestsOf('Mixed', 2),
      requestOf('Mixed', { requestId: 'mixed-wrong', organizer: 'nobody@contoso.com' }),
    ];
    const { status, body } = await harness.run('CreateMeetingsFromList', { body: { requests } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      counts: { created: 2, failed: 1 },
      firstErrors: [{ index: 2, requestId: 'mixed-wrong', code: 'organizerNotFound' }],
    });
  });
});

describe('the other actions', () => {
  test('Get a batch answers at once while the batch runs, and is not followed', async () => {
    graph().setFaults({
      rules: [
        {
          match: { path: 'createOrGet', bodyIncludes: 'Running' },
          fault: { kind: 'latency', ms: 1000 },
        },
      ],
    });
    const started = harness.run('CreateMeetingsFromList', {
      body: { requests: requestsOf('Running', 2) },
      'Idempotency-Key': 'running',
    });
    const again = harness.client.request(
      harness.url,
      'CreateMeetingsFromList',
      { body: { requests: requestsOf('Running', 2) }, 'Idempotency-Key': 'running' },
      'function-key-of-this-test',
    );
    const first = await overHttp(again, AbortSignal.timeout(5000));
    const { batchId } = JSON.parse(first.text) as { batchId: string };
    const { status, body, engine } = await harness.run('GetBatch', { batchId });
    expect([status, engine.sent.length]).toEqual([200, 1]);
    expect(body).toMatchObject({ state: expect.stringMatching(/accepted|running/) as unknown });
    await started;
  });

  test('Get a request and Retry a request: once the cause is fixed, the meeting is created', async () => {
    const organizer = 'no-policy@contoso.com';
    const refused = await harness.run('CreateMeeting', { body: requestOf('Fixed', { organizer }) });
    expect(refused.body).toMatchObject({ error: { code: 'accessPolicyMissing' } });
    const values = { requestId: 'flow-Fixed' };
    expect((await harness.run('GetRequest', values)).body).toMatchObject({
      state: 'finished',
      result: { status: 'failed' },
    });
    const policy = graph().tenant.findUser('anna@contoso.com')?.accessPolicy;
    graph().tenant.updateUser(organizer, { accessPolicy: policy });
    expect((await harness.run('RetryRequest', values)).status).toBe(201);
    expect((await harness.run('RetryRequest', values)).status).toBe(200);
    expect(harness.meetings('Fixed')).toBe(1);
  });

  test('a missing request is a 404, which the flow does not repeat', async () => {
    const { status, engine } = await harness.run('RetryRequest', { requestId: 'never-seen' });
    expect([status, engine.sent.length]).toEqual([404, 1]);
    expect((await harness.run('GetBatch', { batchId: 'x'.repeat(36) })).status).toBe(404);
  });
});

describe('When a batch is finished', () => {
  interface Poll {
    readonly value: readonly { readonly batchId: string }[];
    readonly completedAfter: string;
  }

  /** The policy in the connector: each answer contains the parameter of the next call. */
  const poll = async (completedAfter?: string): Promise<Poll> =>
    (
      await harness.run(
        'WhenABatchIsFinished',
        completedAfter === undefined ? {} : { completedAfter },
      )
    ).body as Poll;

  test('starts the flow once for each batch, and never for those from before', async () => {
    let { completedAfter, value } = await poll();
    expect(value).toEqual([]);
    const { body } = await harness.run('CreateMeetingsFromList', {
      body: { requests: requestsOf('Trigger', 1) },
    });
    const { batchId } = body as { batchId: string };
    const started: string[] = [];
    await eventually(`the batch ${batchId}`, async () => {
      ({ completedAfter, value } = await poll(completedAfter));
      started.push(...value.map((each) => each.batchId));
      return started.includes(batchId);
    });
    expect(started.filter((id) => id === batchId)).toEqual([batchId]);
    expect((await poll(completedAfter)).value.map((each) => each.batchId)).not.toContain(batchId);
  });
});

describe('When a meeting is made, and when one fails', () => {
  interface Poll {
    readonly value: readonly { readonly requestId: string; readonly batchId: string }[];
    readonly completedAfter: string;
  }

  const polling = (operationId: string) => {
    const started: string[] = [];
    let completedAfter: string | undefined;
    const poll = async (): Promise<readonly string[]> => {
      const values = completedAfter === undefined ? {} : { completedAfter };
      const answer = (await harness.run(operationId, values)).body as Poll;
      completedAfter = answer.completedAfter;
      started.push(...answer.value.map(({ requestId }) => requestId));
      return started;
    };
    return { started, poll };
  };

  test('start the flow once for each row, and never for those from before', async () => {
    const [made, failed] = [polling('WhenAMeetingIsMade'), polling('WhenAMeetingFails')];
    await Promise.all([made.poll(), failed.poll()]);
    expect([made.started, failed.started]).toEqual([[], []]);
    const wrong = requestOf('Each', { requestId: 'each-wrong', organizer: 'nobody@contoso.com' });
    await harness.run('CreateMeetingsFromList', {
      body: { requests: [...requestsOf('Each', 2), wrong] },
    });
    await eventually('the rows', async () => {
      await Promise.all([made.poll(), failed.poll()]);
      return made.started.includes('flow-Each-0') && failed.started.length > 0;
    });
    await Promise.all([made.poll(), failed.poll()]);
    const own = made.started.filter((requestId) => requestId.startsWith('flow-Each'));
    expect([own, failed.started]).toEqual([['flow-Each-0', 'flow-Each-1'], ['each-wrong']]);
  });
});
