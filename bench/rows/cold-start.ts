import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BenchOptions } from '../bench-options';
import { interleave, median, type Comparison, type Row } from '../figures';
import { meetingRequest } from '../requests';
import { Surroundings } from '../surroundings';

const run = promisify(execFile);
const coldProcess = join(__dirname, '../cold-process.js');
const baselines = join(__dirname, '../baselines');
const unbundled = join(__dirname, '../../src/functions');

/** Whole processes, from start to end: loading the app, and loading it and making one meeting. */
export async function measureColdStart({ appFolder, quick }: BenchOptions): Promise<Row> {
  const surroundings = await Surroundings.start();
  const packaged = [join(appFolder, 'app.js')];
  const functionFiles = globSync(join(unbundled, '*.js'));
  const everySdk = [join(baselines, 'every-sdk.js'), ...functionFiles];
  const timed =
    (mode: 'load' | 'meeting', files: readonly string[]) => async (): Promise<number> => {
      const started = performance.now();
      await run(process.execPath, [coldProcess, mode, ...files], {
        cwd: appFolder,
        env: {
          ...surroundings.environment,
          NODE_PATH: join(__dirname, '../../../node_modules'),
          BENCH_REQUEST: JSON.stringify(meetingRequest()),
        },
      });
      return performance.now() - started;
    };
  try {
    const measured = await interleave(quick ? 5 : 15, {
      load: timed('load', packaged),
      library: timed('load', [join(baselines, 'functions-alone.js')]),
      meeting: timed('meeting', packaged),
      everySdk: timed('meeting', everySdk),
    });
    return toRow(measured);
  } finally {
    await surroundings.close();
  }
}

function toRow(
  measured: Readonly<Record<'load' | 'library' | 'meeting' | 'everySdk', number[]>>,
): Row {
  const comparisons: Comparison[] = [
    {
      what: 'process that loads the package',
      value: median(measured.load),
      unit: 'ms',
      baseline: { what: '@azure/functions alone', value: median(measured.library) },
      target: { atMost: 1.5 },
    },
    {
      what: 'process start to first finished meeting',
      value: median(measured.meeting),
      unit: 'ms',
      baseline: { what: 'unbundled, every SDK at the top', value: median(measured.everySdk) },
      target: { atMost: 0.5 },
    },
  ];
  return {
    id: 'cold',
    title: 'Cold start',
    comparisons,
    notes: ['Whole processes with the file cache warm, interleaved, medians; simulators at 0 ms.'],
  };
}
