import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from '../local/project-folder';
import type { Row } from './figures';
import { toJson, toTable } from './report';
import type { BenchOptions } from './bench-options';
import { measureColdStart } from './rows/cold-start';
import { measureCpu } from './rows/cpu-per-meeting';
import { countStorageOperations } from './rows/storage-operations';

const rows: Readonly<Record<string, (options: BenchOptions) => Promise<Row>>> = {
  cpu: measureCpu,
  cold: measureColdStart,
  storage: countStorageOperations,
};

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    app: { type: 'string', default: join(projectFolder(), 'dist/package') },
  },
});

async function run(): Promise<void> {
  const measured: Row[] = [];
  for (const [id, measure] of Object.entries(rows)) {
    if (values.only !== undefined && !values.only.includes(id)) continue;
    const row = await measure({ appFolder: values.app, quick: values.quick });
    measured.push(row);
    if (!values.json) console.log(toTable(row));
  }
  if (values.json) console.log(JSON.stringify(toJson(measured), null, 2));
}

run().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
