import type { TokenCredential } from '@azure/identity';
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { resourceFromAttributes, type Resource } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import type { Config } from '../config/config';
import type * as Exporters from './exporters';
import { InvocationSampler } from './invocation-sampler';
import { log } from './log';
import { collectSpans } from './tracing';

/**
 * Spans kept until they are sent, about 1 KB each, and how often they are sent, in milliseconds. The exporters are
 * loaded before the first send, long after the first answer.
 */
const batching = {
  maxQueueSize: 4_096,
  maxExportBatchSize: 512,
  scheduledDelayMillis: 5_000,
};

let processor: SpanProcessor | undefined;

/** Collects traces from now on, if the settings say where to send them. */
export function startTelemetry(
  telemetry: Config['telemetry'],
  credentialFor: (clientId: string | undefined) => TokenCredential,
): void {
  const { otlpEndpoint, applicationInsights } = telemetry;
  if (otlpEndpoint === undefined && applicationInsights === undefined) return;
  reportLosses();
  const load = (): SpanExporter[] => {
    const { makeExporters } = require('./exporters') as typeof Exporters;
    return makeExporters(telemetry, credentialFor(applicationInsights?.identity?.clientId));
  };
  const batches = new BatchSpanProcessor({ exporter: loadedLater(load), ...batching });
  processor = new InvocationSampler(batches, telemetry.routineShare);
  collectSpans(processor, { resource: resourceOf(telemetry) });
}

/** Sends the remaining spans at the end of the process, if there is time. */
export const stopTelemetry = async (): Promise<void> => processor?.forceFlush();

/** https://opentelemetry.io/docs/specs/semconv/resource/ */
const resourceOf = ({ siteName, instance, region }: Config['telemetry']): Resource =>
  resourceFromAttributes({
    'service.name': siteName ?? 'convoke',
    'service.instance.id': instance,
    'cloud.region': region,
  });

/** The SDK reports dropped spans in its diagnostic log. */
function reportLosses(): void {
  const warn = (reason: string): void => log.warn('telemetry.lost', { reason });
  const ignore = (): void => {};
  diag.setLogger(
    { error: warn, warn, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}

/** Loads the exporters when there is something to send. Spans that they cannot send are lost and logged. */
export function loadedLater(load: () => SpanExporter[]): SpanExporter {
  let exporters: SpanExporter[] | undefined;
  const sendAll = async (spans: ReadableSpan[]): Promise<void> => {
    try {
      exporters ??= load();
      await Promise.all(exporters.map((exporter) => send(exporter, spans)));
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      log.warn('telemetry.lost', { spans: spans.length, reason });
    }
  };
  return {
    // Losses are already reported; a failed result would make the SDK report them again.
    export: (spans, done) =>
      void sendAll(spans).finally(() => done({ code: ExportResultCode.SUCCESS })),
    shutdown: () => Promise.resolve(),
  };
}

const send = (exporter: SpanExporter, spans: ReadableSpan[]): Promise<void> =>
  new Promise((resolve, reject) => {
    exporter.export(spans, ({ code, error }: ExportResult) =>
      code === ExportResultCode.SUCCESS
        ? resolve()
        : reject(error ?? new Error('The exporter failed and gave no reason.')),
    );
  });
