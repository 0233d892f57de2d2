import { AzureMonitorTraceExporter } from '@azure/monitor-opentelemetry-exporter';
import type { TokenCredential } from '@azure/identity';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { toReadableSpan, type ReadableSpan } from './readable-span';
import type { SpanExport } from './span-queue';
import type { Config } from '../config/config';

type Exporter = Pick<OTLPTraceExporter, 'export'>;

function makeExporters(
  { otlpEndpoint, applicationInsights }: Config['telemetry'],
  credential: TokenCredential,
): Exporter[] {
  return [
    ...(otlpEndpoint === undefined
      ? []
      : [new OTLPTraceExporter({ url: `${otlpEndpoint}/v1/traces` })]),
    ...(applicationInsights === undefined
      ? []
      : [
          new AzureMonitorTraceExporter({
            connectionString: applicationInsights.connectionString,
            ...(applicationInsights.identity !== undefined && { credential }),
            // An instance's disk does not outlive it.
            disableOfflineStorage: true,
          }),
        ]),
  ];
}

/** `ExportResultCode.SUCCESS` of `@opentelemetry/core`. */
const isSuccess = (code: number): boolean => code === 0;

const exportWith = (exporter: Exporter, spans: ReadableSpan[]): Promise<void> =>
  new Promise((resolve, reject) => {
    exporter.export(spans, ({ code, error }) =>
      isSuccess(code)
        ? resolve()
        : reject(error ?? new Error('The exporter failed without a reason.')),
    );
  });

/**
 * Sends ended spans to an OpenTelemetry collector, to Application Insights, or to both, with their official exporters.
 * This file and what it imports are loaded in the background, and only where one of the two is configured.
 */
export function makeTelemetryExport(
  telemetry: Config['telemetry'],
  credential: TokenCredential,
): SpanExport {
  const exporters = makeExporters(telemetry, credential);
  // https://opentelemetry.io/docs/specs/semconv/resource/
  const resource = resourceFromAttributes({
    'service.name': telemetry.siteName ?? 'convoke',
    'service.instance.id': telemetry.instance,
    'cloud.region': telemetry.region,
  });
  return async (spans) => {
    const readable = spans.map((span) => toReadableSpan(span, resource));
    await Promise.all(exporters.map((exporter) => exportWith(exporter, readable)));
  };
}
