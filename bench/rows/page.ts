import { execFileSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { projectFolder } from '../../local/project-folder';
import { newWorkbook } from '../../src/workbook';
import type { BenchOptions } from '../bench-options';
import { ofRounds, type Comparison, type Row } from '../report/figures';
import { interleave } from '../report/rounds';

const rowCount = 1_000;
const header = ['Nr', 'Teacher e-mail', 'Pupil', 'Parent e-mail', 'Date', 'Minutes'];

const cellsOf = (index: number): readonly string[] => [
  String(index + 1),
  'anna@contoso.com',
  `Pupil ${index + 1}`,
  `parent${index + 1}@example.com`,
  `2030-01-${String((index % 28) + 1).padStart(2, '0')} 14:00`,
  '20',
];

const rows = Array.from({ length: rowCount }, (_, index) => cellsOf(index));

const sheets = {
  'sheet.xlsx': (): Uint8Array =>
    newWorkbook({
      name: 'Evening',
      columns: header.map((name) => ({ name, width: 18, form: 'text' })),
      rows,
    }),
  'sheet.csv': (): Uint8Array =>
    Buffer.from([header, ...rows].map((cells) => cells.join(';')).join('\r\n')),
};

/** What a browser does with a file: opens it, and finds its headings and what they mean. Prints how many milliseconds that took. */
const reading = `
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { openFile } from './page/src/sheet/open-file';
import { firstSheet, loadSheet } from './page/src/sheet/loaded-sheet';
import { readers } from './page/src/sheet/readers';
const [, , path] = process.argv;
const bytes = new Uint8Array(readFileSync(path));
const started = performance.now();
openFile(basename(path), bytes, readers).then((file) => {
  const { body } = loadSheet(file, firstSheet(file));
  if (body.length !== ${rowCount}) throw new Error(body.length + ' rows were read');
  console.log(performance.now() - started);
});
`;

/** How much of the page a visitor loads, and how long its own code takes to read a sheet, each time in a new process. */
export async function measurePage({ appFolder, quick }: BenchOptions): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'convoke-bench-page-'));
  try {
    const script = join(folder, 'read.cjs');
    await build({
      stdin: { contents: reading, resolveDir: projectFolder(), loader: 'ts' },
      outfile: script,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
    });
    const read = (name: string) => async (): Promise<number> =>
      Number(execFileSync(process.execPath, [script, join(folder, name)]));
    for (const [name, make] of Object.entries(sheets)) await writeFile(join(folder, name), make());
    const times = await interleave(quick ? 3 : 15, {
      xlsx: read('sheet.xlsx'),
      csv: read('sheet.csv'),
    });
    const comparisons = (['xlsx', 'csv'] as const).map((form): Comparison => ({
      what: `reading ${rowCount} rows of ${form}`,
      unit: 'ms',
      ...ofRounds(times[form]),
      target: { atMost: 1_000 },
    }));
    return {
      id: 'page',
      title: 'The page',
      comparisons: [sizeIn(appFolder), ...comparisons],
      notes,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Files of which a visit loads only one. */
const alternatives = [/^(?:german|portuguese)-/, /^open-(?:text|workbook)-/];

/** Every file, but of alternatives only the largest one. */
function sizeIn(appFolder: string): Comparison {
  const sizes = globSync('page/*.br', { cwd: appFolder }).map((file) => ({
    kind: alternatives.findIndex((names) => names.test(basename(file))),
    bytes: statSync(join(appFolder, file)).size,
  }));
  const always = sizes.filter(({ kind }) => kind === -1).map(({ bytes }) => bytes);
  const largest = alternatives.map((_, place) => {
    const found = sizes.filter(({ kind }) => kind === place).map(({ bytes }) => bytes);
    if (found.length < 2) throw new Error('The package lacks parts of the page.');
    return Math.max(...found);
  });
  return {
    what: 'what a visit loads, compressed',
    value: [...always, ...largest].reduce((sum, bytes) => sum + bytes, 0) / 1_000,
    unit: 'kB',
    target: { atMost: 60 },
  };
}

const notes = [
  'A visit loads the page, one language besides English, and the reader for workbooks or for text, compressed with Brotli, as a browser gets them over HTTPS.',
  'Reading runs the code of the page in Node.js, which has the same engine as Chromium but no screen. The sheet has six columns.',
];
