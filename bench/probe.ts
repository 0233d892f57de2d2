/**
 * Loaded with --require into the processes of a measured Functions host, and of a baseline: reports on a socket what the one
 * that is measured has used so far. Nothing runs in it between two questions, unless it is profiled. Ordinary log lines end
 * here, because the local host's passing them on costs more than the work they describe.
 */
import { createServer } from 'node:http';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import type { HostEvent } from '../local/functions-host/events';

/** What the process has used; `memoryBytes` is its resident set now. */
export interface Usage {
  /** CPU time of all threads since the start, in milliseconds. */
  readonly cpuMs: number;
  /** Of the thread that runs JavaScript. */
  readonly threadMs: number;
  /** Time that the event loop was busy and idle since the start, in milliseconds. */
  readonly activeMs: number;
  readonly idleMs: number;
  readonly memoryBytes: number;
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  const thread = process.threadCpuUsage();
  const { active, idle } = performance.eventLoopUtilization();
  return {
    cpuMs: (user + system) / 1000,
    threadMs: (thread.user + thread.system) / 1000,
    activeMs: active,
    idleMs: idle,
    memoryBytes: process.memoryUsage.rss(),
  };
}

const isOrdinaryLogLine = (event: HostEvent): boolean =>
  event.type === 'log' && event.level === 'information';

const runsApp = process.argv[1]?.endsWith(join('worker', 'main.js')) === true;
const isBaseline = process.argv[1]?.includes(join('bench', 'baselines')) === true;

const send = process.send?.bind(process);
if (send !== undefined && runsApp) {
  process.send = (event: HostEvent, done: unknown) =>
    isOrdinaryLogLine(event) || send(event, done as () => void);
}

/** Paths that the probe answers. */
const answers: Readonly<Record<string, () => unknown>> = {
  '/usage': usage,
  '/live-bytes': liveBytes,
  '/profile/start': startProfile,
  '/profile/stop': stopProfile,
};

const session = new Session();
/** Microseconds between two samples: of a meeting that takes a few milliseconds, a few. */
const interval = 500;

async function startProfile(): Promise<object> {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval });
  await session.post('Profiler.start');
  return {};
}

/** What is still in use: JavaScript objects and buffers that a garbage collection leaves. */
async function liveBytes(): Promise<number> {
  session.connect();
  await session.post('HeapProfiler.collectGarbage');
  session.disconnect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function stopProfile(): Promise<object> {
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return profile;
}

const address = process.env['BENCH_PROBE'];
if (address !== undefined && (runsApp || isBaseline)) {
  const server = createServer((request, response) => {
    void Promise.resolve(answers[request.url ?? '']?.()).then((answer) =>
      response.end(JSON.stringify(answer)),
    );
  });
  server.listen(address).unref();
}
