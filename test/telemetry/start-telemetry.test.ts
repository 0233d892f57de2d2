import { ExportResultCode } from '@opentelemetry/core';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace';
import { withLog } from '../../src/telemetry/log';
import { loadedLater } from '../../src/telemetry/start-telemetry';

const span = { name: 'a' } as ReadableSpan;
const failing: SpanExporter = {
  export: (_spans, done) => done({ code: ExportResultCode.FAILED, error: new Error('no route') }),
  shutdown: () => Promise.resolve(),
};

/** Exports once, and returns the log lines. */
async function exportOnce(exporter: SpanExporter): Promise<string[]> {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  await withLog(
    { info: write, warn: write, error: write },
    () => new Promise<void>((resolve) => exporter.export([span], () => resolve())),
  );
  return lines;
}

test('exporters are loaded when there is something to send, and once', async () => {
  const sent = new InMemorySpanExporter();
  let loads = 0;
  const exporter = loadedLater(() => {
    loads += 1;
    return [sent];
  });
  expect(loads).toBe(0);
  await exportOnce(exporter);
  await exportOnce(exporter);
  expect(loads).toBe(1);
  expect(sent.getFinishedSpans()).toEqual([span, span]);
});

test('what one exporter cannot send is logged with its reason, and reaches the other', async () => {
  const sent = new InMemorySpanExporter();
  const lines = await exportOnce(loadedLater(() => [failing, sent]));
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    { event: 'telemetry.lost', spans: 1, reason: 'no route' },
  ]);
  expect(sent.getFinishedSpans()).toEqual([span]);
});

test('exporters that cannot be loaded are logged, and end nothing', async () => {
  const exporter = loadedLater(() => {
    throw new Error('not there');
  });
  const lines = await exportOnce(exporter);
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    { event: 'telemetry.lost', spans: 1, reason: 'not there' },
  ]);
});
