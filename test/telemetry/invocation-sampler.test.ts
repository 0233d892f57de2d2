import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { InvocationSampler } from '../../src/telemetry/invocation-sampler';
import { log, withLog } from '../../src/telemetry/log';
import { collectSpans, markRoutine, withSpan } from '../../src/telemetry/tracing';

const sink = { info() {}, warn() {}, error() {} };
const otherTrace = `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`;

let sent: InMemorySpanExporter;
const keepShare = (share: number): void => {
  sent = new InMemorySpanExporter();
  collectSpans(new InvocationSampler(new SimpleSpanProcessor({ exporter: sent }), share));
};
beforeEach(() => keepShare(0));
afterEach(() => collectSpans(undefined));

const names = (): string[] => sent.getFinishedSpans().map(({ name }) => name);

/** Like the app: the invocation; inside it the request, in the trace of its message; inside that a call. */
const invoke = (work: () => Promise<void>): Promise<void> =>
  withLog(sink, () =>
    withSpan({ name: 'invocation' }, () =>
      withSpan({ name: 'request', parent: otherTrace }, () => withSpan({ name: 'call' }, work)),
    ),
  );

const whole = ['call', 'request', 'invocation'];

test.each([
  { invocation: 'a routine one', share: 0, work: () => markRoutine(), kept: [] },
  {
    invocation: 'a routine one of those that are kept',
    share: 1,
    work: () => markRoutine(),
    kept: whole,
  },
  { invocation: 'one that nobody calls routine', share: 0, work: () => undefined, kept: whole },
  {
    invocation: 'one with a warning before its routine end',
    share: 0,
    work: () => {
      log.warn('meeting.failed');
      markRoutine();
    },
    kept: whole,
  },
  {
    invocation: 'one with a warning after it',
    share: 0,
    work: () => {
      markRoutine();
      log.warn('meeting.failed');
    },
    kept: whole,
  },
])('$invocation, at a share of $share, sends $kept', async ({ share, work, kept }) => {
  keepShare(share);
  await invoke(() => Promise.resolve(work()));
  expect(names()).toEqual(kept);
});

test('a routine invocation in which a call failed is kept whole', async () => {
  await withSpan({ name: 'invocation' }, async () => {
    await withSpan({ name: 'call' }, (span) => Promise.resolve(span.fail('503')));
    markRoutine();
  });
  expect(names()).toEqual(['call', 'invocation']);
});

test('two invocations at once are judged apart, in one trace too', async () => {
  await withSpan({ name: 'other', parent: otherTrace }, () => invoke(() => Promise.resolve()));
  sent.reset();
  const routine = invoke(() => Promise.resolve(markRoutine()));
  const failing = withSpan({ name: 'failing', parent: otherTrace }, () => Promise.resolve());
  await Promise.all([routine, failing]);
  expect(names()).toEqual(['failing']);
});

test('pieces of work apart are judged by themselves, whatever the invocation around them does', async () => {
  const piece = (work: () => void): Promise<void> =>
    withSpan({ name: 'piece', parent: otherTrace, isApart: true }, () =>
      withSpan({ name: 'call' }, () => Promise.resolve(work())),
    );
  await invoke(async () => {
    await piece(markRoutine);
    await piece(() => {
      log.warn('meeting.failed');
      markRoutine();
    });
    markRoutine();
  });
  expect(names()).toEqual(['call', 'piece']);
});

test('spans that end after their invocation are treated like it', async () => {
  let end = (): void => {};
  const late = new Promise<void>((resolve) => (end = resolve));
  let after: Promise<void> | undefined;
  await withSpan({ name: 'invocation' }, () => {
    after = withSpan({ name: 'late' }, () => late);
    markRoutine();
    return Promise.resolve();
  });
  end();
  await after;
  expect(names()).toEqual([]);
});

test('an invocation of many spans is sent as it goes, and kept', async () => {
  await withSpan({ name: 'invocation' }, async () => {
    for (let call = 0; call < 70; call += 1)
      await withSpan({ name: 'call' }, () => Promise.resolve());
    expect(names().length).toBeGreaterThan(0);
    markRoutine();
  });
  expect(names()).toHaveLength(71);
});

test('of many routine invocations about the share is kept, each whole', async () => {
  keepShare(0.2);
  for (let count = 0; count < 1_000; count += 1) await invoke(() => Promise.resolve(markRoutine()));
  const kept = names().filter((name) => name === 'invocation').length;
  expect(kept).toBeGreaterThan(100);
  expect(kept).toBeLessThan(300);
  expect(names()).toHaveLength(3 * kept);
});
