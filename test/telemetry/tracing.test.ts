import {
  collectSpans,
  currentTraceId,
  withSpan,
  type EndedSpan,
} from '../../src/telemetry/tracing';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parentId = '00f067aa0ba902b7';
const parent = `00-${traceId}-${parentId}-00`;

let spans: EndedSpan[] = [];
beforeEach(() => {
  spans = [];
  collectSpans((span) => spans.push(span));
});
afterEach(() => collectSpans(undefined));

const named = (name: string): EndedSpan | undefined => spans.find((span) => span.name === name);

test('a span without a parent begins a trace', async () => {
  const traceparent = await withSpan({ name: 'a' }, (span) => Promise.resolve(span.traceparent));
  expect(traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
  expect(traceparent).toBe(`00-${named('a')?.traceId}-${named('a')?.spanId}-01`);
  expect(named('a')).not.toHaveProperty('parentSpanId');
});

test('a span with a parent goes on with its trace', async () => {
  await withSpan({ name: 'a', parent }, () => Promise.resolve());
  expect(named('a')).toMatchObject({ traceId, parentSpanId: parentId });
});

test.each([
  ['nothing', ''],
  ['something else', 'hello'],
  ['upper case', parent.toUpperCase()],
  ['a forbidden version', `ff${parent.slice(2)}`],
  ['a trace of zeros', `00-${'0'.repeat(32)}-${parentId}-01`],
  ['a span of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
  ['a line break', `${parent}\r\nx: y`],
  ['too much', `${parent}00`],
])('%s is no parent', async (_what, wrong) => {
  await withSpan({ name: 'a', parent: wrong }, () => Promise.resolve());
  expect(named('a')).not.toHaveProperty('parentSpanId');
});

test('a later version of the header is understood as far as it is known', async () => {
  await withSpan({ name: 'a', parent: `01-${traceId}-${parentId}-00-more` }, () =>
    Promise.resolve(),
  );
  expect(named('a')).toMatchObject({ traceId });
});

test('spans are inside of the one under way, also at the same time', async () => {
  await withSpan({ name: 'outer' }, () =>
    Promise.all(['a', 'b'].map((name) => withSpan({ name }, () => Promise.resolve()))),
  );
  const outer = named('outer');
  for (const name of ['a', 'b']) {
    expect(named(name)).toMatchObject({ traceId: outer?.traceId, parentSpanId: outer?.spanId });
    expect(named(name)).not.toHaveProperty('link');
  }
});

test('a span of another trace is linked to the one under way', async () => {
  await withSpan({ name: 'outer' }, () => withSpan({ name: 'a', parent }, () => Promise.resolve()));
  const { traceId: outerTrace, spanId: outerSpan } = named('outer') ?? {};
  expect(named('a')).toMatchObject({ traceId, link: { traceId: outerTrace, spanId: outerSpan } });
});

test('what is thrown goes on, and the span says what kind it was, not what it said', async () => {
  const error = Object.assign(new Error('secret'), { code: 'throttled' });
  await expect(withSpan({ name: 'a' }, () => Promise.reject(error))).rejects.toBe(error);
  expect(named('a')).toMatchObject({ error: 'throttled' });
  expect(JSON.stringify(spans)).not.toContain('secret');
});

test('work can fail without throwing, and tell more as it goes', async () => {
  await withSpan({ name: 'a', attributes: { first: 1 } }, (span) => {
    span.annotate({ second: true });
    span.fail('503');
    return Promise.resolve();
  });
  expect(named('a')).toMatchObject({ attributes: { first: 1, second: true }, error: '503' });
});

test.each(['00', '01'])(
  'uncollected, the caller’s decision %s is passed on and nothing is kept',
  async (flags) => {
    collectSpans(undefined);
    const start = { name: 'a', parent: `00-${traceId}-${parentId}-${flags}` };
    const traceparent = await withSpan(start, (span) => Promise.resolve(span.traceparent));
    expect(traceparent).toMatch(new RegExp(`^00-${traceId}-[\\da-f]{16}-${flags}$`));
    expect(spans).toEqual([]);
  },
);

test('outside of any span there is no trace', () => {
  expect(currentTraceId()).toBeUndefined();
});
