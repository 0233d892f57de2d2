import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { basename } from 'node:path';
import { BaselineProcess } from '../baseline-process';
import { BenchHarness } from '../bench-harness';
import type { BenchOptions } from '../bench-options';
import { createMeetings, enqueue } from '../load/load';
import { MeasuredHost } from '../measured-host';
import type { CpuProfile } from '../probe-client';
import type { Comparison, Row } from '../report/figures';
import { sharesOf, type Shares } from '../report/profile';

const functionName = 'processMeetingRequest';
const warmUp = 700;
const inFlight = 16;

/** Whose code a meeting's CPU time is spent in, through each endpoint and in the loop that is their goal. */
export async function profileCpu({ appFolder, quick }: BenchOptions): Promise<Row> {
  const meetings = quick ? 1_000 : 1_500;
  const harness = await BenchHarness.start('standIn');
  const { environment } = harness;
  const app = await MeasuredHost.start({ appFolder, environment });
  const loop = new BaselineProcess('sdk-loop', environment);
  const throughQueue = async (count: number): Promise<void> => {
    const done = app.untilDone(functionName, count);
    await enqueue(harness.queue('meeting-requests'), count);
    await done;
  };
  const throughHttp = (calls: number): Promise<unknown> =>
    createMeetings(app.url, { calls, callers: inFlight });
  try {
    await throughQueue(warmUp);
    await throughHttp(warmUp);
    await loop.run({ meetings: warmUp, inFlight });
    await harness.clear();
    const ofQueue = await app.profileOf(() => throughQueue(meetings));
    await harness.clear();
    const ofHttp = await app.profileOf(() => throughHttp(meetings));
    await harness.clear();
    const ofLoop = await loop.profileOf({ meetings, inFlight });
    const mapOf = sourceMaps(appFolder);
    const perMeeting = (spent: CpuProfile): Shares => sharesOfOne(spent, { meetings, mapOf });
    return toRow({
      'queue endpoint': perMeeting(ofQueue),
      'HTTP endpoint': perMeeting(ofHttp),
      loop: perMeeting(ofLoop),
    });
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

const endpoints = ['queue endpoint', 'HTTP endpoint'] as const;

function toRow(spent: Readonly<Record<(typeof endpoints)[number] | 'loop', Shares>>): Row {
  const names = [...new Set(Object.values(spent).flatMap((shares) => Object.keys(shares)))];
  const total = (name: string): number =>
    Object.values(spent).reduce((sum, shares) => sum + (shares[name] ?? 0), 0);
  const line = (name: string, endpoint: (typeof endpoints)[number]): Comparison => ({
    what: `${name}, ${endpoint}`,
    value: spent[endpoint][name] ?? 0,
    unit: 'ms',
    ...(spent.loop[name] !== undefined && {
      baseline: { what: 'SDK loop that keeps its token', value: spent.loop[name] },
    }),
  });
  return {
    id: 'profile',
    title: 'Whose code the CPU time of a meeting is spent in',
    comparisons: names
      .sort((a, b) => total(b) - total(a))
      .flatMap((name) => endpoints.map((endpoint) => line(name, endpoint))),
    notes: [
      'CPU time of the JavaScript thread for each meeting, divided by samples of V8’s profiler, one each half millisecond. Source maps tell the parts of the bundle apart. Unlike above, this includes the cost of an empty function.',
    ],
  };
}
