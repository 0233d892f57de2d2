/**
 * Loaded into a measured Functions host with --require: reports on a socket what the process has used so far. Nothing
 * runs in it between two questions. Ordinary log lines end here, because the local host's passing them on costs more than
 * the work they describe.
 */
import { createServer } from 'node:http';
import type { HostEvent } from '../local/functions-host/events';

export interface Usage {
  /** CPU time of all threads since the start, in milliseconds. */
  readonly cpuMs: number;
  /** Time that the event loop was busy and idle since the start, in milliseconds. */
  readonly activeMs: number;
  readonly idleMs: number;
  readonly memoryBytes: number;
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  const { active, idle } = performance.eventLoopUtilization();
  return {
    cpuMs: (user + system) / 1000,
    activeMs: active,
    idleMs: idle,
    memoryBytes: process.memoryUsage.rss(),
  };
}

const isOrdinaryLogLine = (event: HostEvent): boolean =>
  event.type === 'log' && event.level === 'information';

const send = process.send?.bind(process);
if (send !== undefined) {
  process.send = (event: HostEvent) => isOrdinaryLogLine(event) || send(event);
}

const address = process.env['BENCH_PROBE'];
if (address !== undefined) {
  const server = createServer((_, response) => response.end(JSON.stringify(usage())));
  server.listen(address).unref();
}
