import { SpanStatusCode } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace';
import { collectSpans, currentTraceId, withSpan } from '../../src/telemetry/tracing';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parentId = '00f067aa0ba902b7';
const parent = `00-${traceId}-${parentId}-00`;

let collected: InMemorySpanExporter;
beforeEach(() => {
  collected = new InMemorySpanExporter();
  collectSpans(new SimpleSpanProcessor({ exporter: collected }));
});
afterEach(() => collectSpans(undefined));

function named(name: string): ReadableSpan {
  const span = collected.getFinishedSpans().find((found) => found.name === name);
  if (span === undefined) throw new Error(`There is no span ${name}.`);
  return span;
}

test('a span without a parent begins a trace', async () => {
  const traceparent = await withSpan({ name: 'a' }, (span) => Promise.resolve(span.traceparent));
  expect(traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
  const { traceId: id, spanId } = named('a').spanContext();
  expect(traceparent).toBe(`00-${id}-${spanId}-01`);
  expect(named('a').parentSpanContext).toBeUndefined();
});

test('a span with a parent continues its trace', async () => {
  await withSpan({ name: 'a', parent }, () => Promise.resolve());
  expect(named('a').parentSpanContext).toMatchObject({ traceId, spanId: parentId });
  expect(named('a').spanContext()).toMatchObject({ traceId });
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
  expect(named('a').parentSpanContext).toBeUndefined();
});

test('a later version of the header is understood as far as it is known', async () => {
  await withSpan({ name: 'a', parent: `01-${traceId}-${parentId}-00-more` }, () =>
    Promise.resolve(),
  );
  expect(named('a').spanContext()).toMatchObject({ traceId });
});

test('spans belong to the current one, also when they run at the same time', async () => {
  await withSpan({ name: 'outer' }, () =>
    Promise.all(['a', 'b'].map((name) => withSpan({ name }, () => Promise.resolve()))),
  );
  const outer = named('outer').spanContext();
  for (const name of ['a', 'b']) {
    expect(named(name).parentSpanContext).toEqual(outer);
    expect(named(name).links).toEqual([]);
  }
});

test('a span of another trace is linked to the current one', async () => {
  await withSpan({ name: 'outer' }, () => withSpan({ name: 'a', parent }, () => Promise.resolve()));
  expect(named('a').spanContext()).toMatchObject({ traceId });
  expect(named('a').links).toMatchObject([{ context: named('outer').spanContext() }]);
});

test('an error is rethrown, and the span has its kind but not its message', async () => {
  const error = Object.assign(new Error('secret'), { code: 'throttled' });
  await expect(withSpan({ name: 'a' }, () => Promise.reject(error))).rejects.toBe(error);
  const { status, attributes, events } = named('a');
  expect(status).toEqual({ code: SpanStatusCode.ERROR, message: 'throttled' });
  expect(attributes).toEqual({ 'error.type': 'throttled' });
  expect(events).toEqual([]);
});

test('work can fail without throwing, and add attributes', async () => {
  await withSpan({ name: 'a', attributes: { first: 1 } }, (span) => {
    span.annotate({ second: true });
    span.fail('503');
    return Promise.resolve();
  });
  expect(named('a').attributes).toEqual({ first: 1, second: true, 'error.type': '503' });
  expect(named('a').status.code).toBe(SpanStatusCode.ERROR);
});

test.each(['00', '01'])(
  'uncollected, the caller’s decision %s is passed on and nothing is kept',
  async (flags) => {
    collectSpans(undefined);
    const start = { name: 'a', parent: `00-${traceId}-${parentId}-${flags}` };
    const traceparent = await withSpan(start, (span) => Promise.resolve(span.traceparent));
    expect(traceparent).toMatch(new RegExp(`^00-${traceId}-[\\da-f]{16}-${flags}$`));
    expect(collected.getFinishedSpans()).toEqual([]);
  },
);

test('uncollected, a span without a parent has a new, unsampled trace', async () => {
  collectSpans(undefined);
  const traceparent = await withSpan({ name: 'a' }, (span) => Promise.resolve(span.traceparent));
  expect(traceparent).toMatch(/^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-00$/);
});

test('outside of any span there is no trace', () => {
  expect(currentTraceId()).toBeUndefined();
});
