import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { projectFolder } from '../../../local/project-folder';
import { StackHarness } from '../../support/harness/stack-harness';

const run = promisify(execFile);
const harness = StackHarness.use();
const programs = ['use-openapi-fetch', 'use-hey-api'];
const compiler = join(projectFolder(), 'node_modules/typescript/bin/tsc');
let folder: string;

// In the project, where the libraries are found.
beforeAll(async () => {
  mkdirSync(join(projectFolder(), 'dist'), { recursive: true });
  folder = mkdtempSync(join(projectFolder(), 'dist', 'clients-'));
  cpSync(join(__dirname, 'typescript'), folder, { recursive: true });
  const description = join(folder, 'openapi.json');
  const response = await fetch(`${harness.stack.url}/api/openapi.json`);
  writeFileSync(description, await response.text());
  const generate = ['--import', './typescript-5.mjs', 'generate.mjs', description, folder];
  await run(process.execPath, generate, { cwd: folder });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('programs compile with the clients that are generated from the description', async () => {
  const compiled = run(process.execPath, [compiler, '-p', folder]);
  const { stdout } = await compiled.catch((error: { readonly stdout: string }) => error);
  expect(stdout).toBe('');
}, 60_000);

test.each(programs)('%s makes a meeting and a batch, and reads a refusal', async (program) => {
  const outfile = join(folder, `${program}.mjs`);
  const entryPoints = [join(folder, `${program}.ts`)];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm' });
  const { stdout } = await run(process.execPath, [outfile, `${harness.stack.url}/api`]);
  expect(JSON.parse(stdout)).toEqual({
    created: 'created',
    link: expect.stringMatching(/^https:\/\/teams\.microsoft\.com\//),
    refused: 'invalidRequest',
    total: 1,
  });
});
