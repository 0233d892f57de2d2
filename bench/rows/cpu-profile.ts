import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { basename } from 'node:path';
import { BaselineProcess } from '../baseline-process';
import { BenchHarness } from '../bench-harness';
import type { BenchOptions } from '../bench-options';
import { enqueue } from '../load/load';
import { MeasuredHost } from '../measured-host';
import type { CpuProfile } from '../probe-client';
import type { Comparison, Row } from '../report/figures';
import { sharesOf, type Shares } from '../report/profile';

const functionName = 'processMeetingRequest';
const warmUp = 1_000;
const inFlight = 16;

/** Whose code a meeting's CPU time is spent in, through the queue and in the loop that is its goal. */
export async function profileCpu({ appFolder, quick }: BenchOptions): Promise<Row> {
  const meetings = quick ? 1_000 : 2_000;
  const harness = await BenchHarness.start('standIn');
  const { environment } = harness;
  const app = await MeasuredHost.start({ appFolder, environment });
  const loop = new BaselineProcess('sdk-loop', environment);
  const throughQueue = async (count: number): Promise<void> => {
    const done = app.untilDone(functionName, count);
    await enqueue(harness.queue('meeting-requests'), count);
    await done;
  };
  try {
    await throughQueue(warmUp);
    await loop.run({ meetings: warmUp, inFlight });
    await harness.clear();
    const ofApp = await app.profileOf(() => throughQueue(meetings));
    await harness.clear();
    const ofLoop = await loop.profileOf({ meetings, inFlight });
    const mapOf = sourceMaps(appFolder);
    const perMeeting = (spent: CpuProfile): Shares => sharesOfOne(spent, { meetings, mapOf });
    return toRow(perMeeting(ofApp), perMeeting(ofLoop));
  } finally {
    await Promise.all([app.close(), loop.close()]);
    await harness.close();
  }
}

interface Profiled {
  readonly meetings: number;
  readonly mapOf: SourceMaps;
}

/** The thread's CPU time for one meeting, shared out as the samples are. */
function sharesOfOne({ profile, threadMs }: CpuProfile, { meetings, mapOf }: Profiled): Shares {
  const shares = Object.entries(sharesOf(profile, mapOf));
  const sampledMs = shares.reduce((sum, [, ms]) => sum + ms, 0);
  return Object.fromEntries(
    shares.map(([name, ms]) => [name, ((ms / sampledMs) * threadMs) / meetings]),
  );
}

type SourceMaps = (url: string) => SourceMap | undefined;

/** The source map of the app's bundle, which lies beside its folder. */
function sourceMaps(appFolder: string): SourceMaps {
  const path = `${appFolder}.app.js.map`;
  if (!existsSync(path)) return () => undefined;
  const map = new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as SourceMapPayload);
  return (url) => (basename(url) === 'app.js' ? map : undefined);
}

function toRow(app: Shares, loop: Shares): Row {
  const names = [...new Set([...Object.keys(app), ...Object.keys(loop)])];
  const ofName = (name: string): Comparison => ({
    what: name,
    value: app[name] ?? 0,
    unit: 'ms',
    ...(loop[name] !== undefined && {
      baseline: { what: 'SDK loop that keeps its token', value: loop[name] },
    }),
  });
  return {
    id: 'profile',
    title: 'Whose code the CPU time of a meeting is spent in, queue endpoint',
    comparisons: names.sort((a, b) => (app[b] ?? 0) - (app[a] ?? 0)).map(ofName),
    notes: [
      'CPU time of the JavaScript thread, shared out by samples each half millisecond (V8’s profiler; the bundle by its source map), for each meeting. Unlike above, the cost of an empty function is not taken off.',
    ],
  };
}
