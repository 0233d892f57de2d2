import type { TokenCredential } from '@azure/identity';
import { log } from './log';
import { makeSpanQueue, type SpanQueue } from './span-queue';
import { collectSpans } from './tracing';
import type { Config } from '../config/config';
import type * as TelemetryExport from './exporters';

let spans: SpanQueue | undefined;

/** How often spans are sent, in milliseconds. The exporters are loaded for the first time, long after the first answer. */
const intervalMs = 5_000;

/** Collects traces from now on. The exporters are loaded seconds later, in the background, and only if configured. */
export function startTelemetry(
  telemetry: Config['telemetry'],
  credentialFor: (clientId: string | undefined) => TokenCredential,
): void {
  const { otlpEndpoint, applicationInsights } = telemetry;
  if (otlpEndpoint === undefined && applicationInsights === undefined) return;
  spans = makeSpanQueue({
    load: () => {
      const { makeTelemetryExport } = require('./exporters') as typeof TelemetryExport;
      return makeTelemetryExport(telemetry, credentialFor(applicationInsights?.identity?.clientId));
    },
    onLoss: (count, cause) =>
      log.warn('telemetry.lost', {
        spans: count,
        reason: cause instanceof Error ? cause.message : String(cause),
      }),
  });
  collectSpans((span) => spans?.add(span));
  setInterval(() => void spans?.flush(), intervalMs).unref();
}

/** Sends the remaining spans at the end of the process, if there is time. */
export const stopTelemetry = async (): Promise<void> => spans?.flush();
