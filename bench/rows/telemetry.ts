import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AzureMonitorLogExporter } from '@azure/monitor-opentelemetry-exporter';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { FunctionsHostProcess } from '../../local/functions-host-process';
import type { HostEvent } from '../../local/functions-host/events';
import { BenchHarness } from '../bench-harness';
import type { BenchOptions } from '../bench-options';
import { accepted, Ingestion, measure } from '../load/ingestion';
import { enqueue } from '../load/load';
import type { Row } from '../report/figures';

const functionName = 'processMeetingRequest';
const bytesInKilobyte = 1024;

/** What a meeting that went well sends to Application Insights: spans by the app, log lines by the host. */
export async function measureTelemetry({ appFolder, quick }: BenchOptions): Promise<Row> {
  const meetings = quick ? 200 : 1_000;
  const harness = await BenchHarness.start();
  const folder = await mkdtemp(join(tmpdir(), 'convoke-bench-'));
  const ingestion = await Ingestion.start(folder);
  try {
    const lines = await makeMeetings(harness, { appFolder, ingestion, meetings });
    const { bytes: spanBytes, items: spans } = ingestion;
    const lineBytes = await sizeOf(lines);
    if (spans === 0) throw new Error('No span was sent.');
    const perMeeting = (count: number): number => count / meetings;
    return {
      id: 'telemetry',
      title: 'Telemetry of one meeting that went well, through the queue',
      comparisons: [
        {
          what: 'sent for a meeting',
          value: perMeeting(spanBytes + lineBytes) / bytesInKilobyte,
          unit: 'KB',
          target: { atMost: 1 },
        },
        {
          what: 'of that, spans',
          value: perMeeting(spanBytes) / bytesInKilobyte,
          unit: 'KB',
        },
        { what: 'log lines', value: perMeeting(lines.length), unit: '' },
        { what: 'spans', value: perMeeting(spans), unit: '' },
      ],
      notes: [
        'JSON before compression, as Microsoft’s exporter writes it. In Azure the Functions host sends the log lines with an exporter of its own, and adds its own lines.',
        'Of these meetings, 5 traces in 100 are sent (ROUTINE_TRACES_PERCENT). Every trace of any other meeting is sent whole.',
      ],
    };
  } finally {
    await harness.close();
    await ingestion.close();
    await rm(folder, { recursive: true });
  }
}

interface Meetings {
  readonly appFolder: string;
  readonly ingestion: Ingestion;
  readonly meetings: number;
}

type Line = Extract<HostEvent, { readonly type: 'log' }>;

/** Resolves with the lines of the log once the app has sent its spans. */
async function makeMeetings(
  harness: BenchHarness,
  { appFolder, ingestion, meetings }: Meetings,
): Promise<readonly Line[]> {
  const lines: Line[] = [];
  let left = meetings;
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const host = await FunctionsHostProcess.start({
    appFolder,
    environment: {
      ...harness.environment,
      ...ingestion.environment,
    },
    onEvent: (event) => {
      if (event.type === 'log' && event.functionName === functionName) lines.push(event);
      if (event.type !== 'invocation' || event.functionName !== functionName) return;
      left -= 1;
      if (left === 0) resolve();
    },
  });
  await enqueue(harness.queue('meeting-requests'), meetings);
  await done;
  await host.close();
  return lines;
}

/** As a host does that speaks OpenTelemetry. Resolves with the size of it all, in bytes of JSON. */
async function sizeOf(lines: readonly Line[]): Promise<number> {
  let size = 0;
  let sent = 0;
  const exporter = new AzureMonitorLogExporter({
    connectionString: `InstrumentationKey=00000000-0000-0000-0000-000000000001`,
    disableOfflineStorage: true,
    httpClient: {
      sendRequest: (request) => {
        const { bytes, items } = measure(request.body as Buffer);
        size += bytes;
        sent += items;
        const bodyAsText = JSON.stringify(accepted(items));
        return Promise.resolve({ request, status: 200, headers: request.headers, bodyAsText });
      },
    },
  });
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ 'service.name': 'convoke', 'service.instance.id': '0' }),
    processors: [new BatchLogRecordProcessor({ exporter, maxQueueSize: lines.length })],
  });
  const logger = provider.getLogger('host');
  for (const line of lines) logger.emit(toRecord(line));
  await provider.forceFlush();
  if (sent !== lines.length) throw new Error(`${sent} of ${lines.length} lines were sent.`);
  return size;
}

const toRecord = ({ message, level, invocationId, functionName: name = '' }: Line) => ({
  body: message,
  severityText: level,
  attributes: { Category: `Function.${name}.User`, LogLevel: level, InvocationId: invocationId },
});
