/**
 * Loaded with --require into the processes of a measured Functions host: reports on a socket what the one that runs the
 * app has used so far. Nothing runs in it between two questions. Ordinary log lines end here, because the local host's
 * passing them on costs more than the work they describe.
 */
import { createServer } from 'node:http';
import { join } from 'node:path';
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

const runsApp = process.argv[1]?.endsWith(join('worker', 'main.js')) === true;

const send = process.send?.bind(process);
if (send !== undefined && runsApp) {
  process.send = (event: HostEvent, done: unknown) =>
    isOrdinaryLogLine(event) || send(event, done as () => void);
}

const address = process.env['BENCH_PROBE'];
if (address !== undefined && runsApp) {
  const server = createServer((_, response) => response.end(JSON.stringify(usage())));
  server.listen(address).unref();
}
