import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../local/command-line';
import { projectFolder } from '../local/project-folder';
import type { BenchOptions } from './bench-options';
import type { Row } from './report/figures';
import { detailsOf, mergeRows, summaryOf, withMeasured, type MeasuredRow } from './report/pages';
import { toPlot } from './report/plot';
import { toJson, toTable } from './report/report';
import { measureBatchMemory } from './rows/batches/batch-memory';
import { measureBatches } from './rows/batches/batches';
import { measureFairness } from './rows/batches/fairness';
import { measureLargeBatches } from './rows/batches/large-batches';
import { measureSmallBatches } from './rows/batches/small-batches';
import {
  measureTenThousandRows,
  measureTenThousandRowsOnAzurite,
} from './rows/batches/ten-thousand-rows';
import { measureColdStart } from './rows/cold-start';
import { computeCost } from './rows/cost';
import { measureCpu } from './rows/cpu-per-meeting';
import { profileCpu } from './rows/cpu-profile';
import { measureInFlight } from './rows/in-flight';
import { measureLatency } from './rows/latency';
import { measurePage } from './rows/page';
import { measureProtection } from './rows/protection';
import { measureScaleOut } from './rows/scale-out';
import { measureEvents } from './rows/storage/events';
import { measureOperations } from './rows/storage/operations';
import { measureTelemetry } from './rows/telemetry';

type Rows = Readonly<Record<string, (options: BenchOptions) => Promise<Row>>>;

/** In this order, because the last one uses results of the others. */
const usualRows: Rows = {
  cold: measureColdStart,
  cpu: measureCpu,
  profile: profileCpu,
  'in-flight': measureInFlight,
  latency: measureLatency,
  storage: measureOperations,
  events: measureEvents,
  telemetry: measureTelemetry,
  batches: measureBatches,
  'small-batches': measureSmallBatches,
  'ten-thousand-rows': measureTenThousandRows,
  'batch-memory': measureBatchMemory,
  'scale-out': measureScaleOut,
  page: measurePage,
  cost: computeCost,
};

/** These take minutes or have no goal, so they run only if named. */
const namedRows: Rows = {
  protection: measureProtection,
  fairness: measureFairness,
  'ten-thousand-rows-azurite': measureTenThousandRowsOnAzurite,
  'large-batches': measureLargeBatches,
};

const rows: Rows = { ...usualRows, ...namedRows };

const usage = `Usage: npm run bench -- [options]

  --only <row>     a row to measure; can be repeated. Usual: ${Object.keys(usualRows).join(', ')};
                   only if named: ${Object.keys(namedRows).join(', ')}
  --quick          fewer and shorter rounds: to see whether a change works, not to compare
  --json           print the figures as JSON
  --write          keep the figures: in bench/measured.json, and in docs/performance.md and
                   docs/performance-details.md, in place of those of the same rows
  --plot <file>    draw meetings a second over Graph's latency as SVG; takes half a minute more
  --app <folder>   the package to measure (dist/package)
  --help, -h       print this
`;

const { values } = commandLine(usage, {
  options: {
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    /** Rows, by name; cost takes what in-flight, latency and storage find. */
    only: { type: 'string', multiple: true },
    app: { type: 'string', default: join(projectFolder(), 'dist/package') },
    /** Where the plot goes. */
    plot: { type: 'string' },
  },
});

async function run(): Promise<void> {
  const unknown = values.only?.filter((id) => rows[id] === undefined) ?? [];
  if (unknown.length > 0) {
    throw new Error(
      `There is no row ${unknown.join(', ')}; there are ${Object.keys(rows).join(', ')}.`,
    );
  }
  const options = {
    appFolder: values.app,
    quick: values.quick,
    plot: values.plot !== undefined,
    found: {},
  };
  const measured: Row[] = [];
  const wanted = values.only ?? Object.keys(usualRows);
  for (const [id, measure] of Object.entries(rows)) {
    if (!wanted.includes(id)) continue;
    const started = performance.now();
    const row = await measure(options);
    measured.push(row);
    if (!values.json) console.log(toTable(row));
    console.error(`${id} took ${Math.round((performance.now() - started) / 1000)} s\n`);
    // At once, so that a row that fails later costs none of those before it.
    if (values.write) write(row);
  }
  if (values.json) console.log(JSON.stringify(toJson(measured), null, 2));
  const curves = measured.flatMap((row) => row.curves ?? []);
  if (values.plot !== undefined) writeFileSync(values.plot, toPlot(curves));
}

/** Where figures are kept, and the pages that show them. */
const measuredPath = join(projectFolder(), 'bench/measured.json');
const summaryPath = join(projectFolder(), 'docs/performance.md');
const detailsPath = join(projectFolder(), 'docs/performance-details.md');

function write({ curves: _, ...row }: Row): void {
  const today = new Date().toISOString().slice(0, 10);
  const all = mergeRows(JSON.parse(readFileSync(measuredPath, 'utf8')) as readonly MeasuredRow[], [
    { ...row, measured: today },
  ]);
  writeFileSync(measuredPath, JSON.stringify(all));
  for (const [path, content] of [
    [summaryPath, summaryOf(all)],
    [detailsPath, detailsOf(all)],
  ] as const)
    writeFileSync(path, withMeasured(readFileSync(path, 'utf8'), content));
  const formatted = ['--write', measuredPath, summaryPath, detailsPath];
  execFileSync(join(projectFolder(), 'node_modules/.bin/prettier'), formatted);
}

run().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exit(1);
  },
);
