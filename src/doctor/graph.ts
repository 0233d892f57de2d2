import { failed, passed, unknown, type Finding } from './finding';
import type { GraphAnswer } from './probes';

/** Maximum time of an answer that is not reported as slow, in milliseconds. */
const slowMs = 3_000;

/** Checks whether Microsoft Graph answers, and how fast. */
export function diagnoseGraph(answer: GraphAnswer, baseUrl: string): Finding {
  const check = 'graph';
  if (answer.kind === 'none') {
    return failed(check, 'Microsoft Graph cannot be reached.', {
      remedy:
        'Check GRAPH_BASE_URL, name resolution and outgoing connections (with a private network: its NAT gateway or firewall).',
      evidence: { address: baseUrl, reason: answer.reason },
    });
  }
  const evidence = {
    address: baseUrl,
    status: answer.status,
    latencyMs: Math.round(answer.durationMs),
  };
  if (answer.status === 429) {
    return failed(check, 'Microsoft Graph is throttling this app.', {
      remedy:
        'Nothing is lost. Requests wait for as long as Graph requires. If this happens often, spread meetings across more organizers.',
      evidence,
    });
  }
  if (answer.status >= 500) {
    return failed(check, `Microsoft Graph returns ${answer.status}.`, {
      remedy:
        'Check https://status.cloud.microsoft. Requests in the queue are retried automatically.',
      evidence,
    });
  }
  if (answer.durationMs <= slowMs) return passed(check, 'Microsoft Graph responds.', { evidence });
  return unknown(check, 'Microsoft Graph responds, but slowly.', {
    remedy: 'Run the doctor again. If it stays slow, deploy the app to a region near the tenant’s.',
    evidence,
  });
}

/** Maximum difference between the clocks, in milliseconds: tokens are validated with a tolerance of five minutes. */
const tolerableMs = 5 * 60_000;

/** Checks that our clock and Graph's agree well enough for tokens to be valid. */
export function diagnoseClock(answer: GraphAnswer): Finding {
  const check = 'clock';
  if (answer.kind === 'none' || answer.aheadMs === undefined)
    return unknown(check, 'No response contained a date to compare the clock with.');
  const seconds = Math.round(Math.abs(answer.aheadMs) / 1000);
  const evidence = { differenceSeconds: seconds };
  if (Math.abs(answer.aheadMs) < tolerableMs)
    return passed(check, 'The clocks agree.', { evidence });
  const direction = answer.aheadMs > 0 ? 'behind' : 'ahead of';
  return failed(check, `The clock here is ${seconds} s ${direction} Microsoft Graph’s.`, {
    remedy:
      'Restart the app to move it to another machine. If you run it yourself, correct the clock. Until then, tokens are rejected.',
    evidence,
  });
}
