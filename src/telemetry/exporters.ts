import type { TokenCredential } from '@azure/identity';
import { AzureMonitorTraceExporter } from '@azure/monitor-opentelemetry-exporter';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { Config } from '../config/config';

/**
 * Sends spans to an OpenTelemetry collector, to Application Insights, or to both, with their official exporters. This
 * file and its imports are loaded in the background, and only if one of the two is configured.
 */
export const makeExporters = (
  { otlpEndpoint, applicationInsights }: Config['telemetry'],
  credential: TokenCredential,
): SpanExporter[] => [
  ...(otlpEndpoint === undefined
    ? []
    : [new OTLPTraceExporter({ url: `${otlpEndpoint}/v1/traces` })]),
  ...(applicationInsights === undefined
    ? []
    : [
        new AzureMonitorTraceExporter({
          connectionString: applicationInsights.connectionString,
          ...(applicationInsights.identity !== undefined && { credential }),
          // The disk of an instance is lost with it.
          disableOfflineStorage: true,
        }),
      ]),
];
