import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { root } from './predictions';

const infra = join(root, 'infra');
const run = (folder: string, args: readonly string[], env = process.env) =>
  spawnSync(process.execPath, [join(folder, 'compile.mjs'), ...args], { encoding: 'utf8', env });

const withPath = (first: string) => ({
  ...process.env,
  PATH: [first, process.env['PATH']].join(delimiter),
});

test('without a compiler it says how to get one', () => {
  const { status, stderr } = run(infra, ['--check'], { PATH: '', HOME: tmpdir() });
  expect(status).toBe(3);
  expect(stderr).toContain('No Bicep compiler found.');
});

describe('what the compiler says', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'convoke-compiler-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A stand-in: starting the real one three times takes seconds. */
  const check = (script: string) => {
    const compiler = join(folder, 'bicep');
    writeFileSync(compiler, `#!${process.execPath}\n${script}`);
    chmodSync(compiler, 0o755);
    return run(infra, ['--check'], withPath(folder));
  };
  const predicts = (resources: readonly object[]): string => `
    const [, , command, file] = process.argv;
    const snapshot = ${JSON.stringify({ predictedResources: resources })};
    if (command === 'snapshot') require('node:fs').writeFileSync(
      file.replace('.bicepparam', '.snapshot.json'), JSON.stringify(snapshot));`;

  test('is compared with the committed predictions', () => {
    const { status, stderr } = check(predicts([{ id: 'other', type: 'Other' }]));
    expect(status).toBe(1);
    expect(stderr).toContain('infra/snapshots/plain.json does not match the Bicep files.');
  });

  test('is an error even if it is a warning', () => {
    const { status, stderr } = check(`console.error('Warning BCP334: too short');`);
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'Warning BCP334: too short\n\n' });
  });
});

const compiler = run(infra, ['--compiler']);

/** With the first compiler on the path, so that it is not searched again. */
const check = (folder: string) =>
  run(folder, ['--check'], withPath(dirname(compiler.stdout.trim())));

// Without a compiler these are reported as skipped, and the other tests still check the committed predictions.
const describeWithCompiler = compiler.status === 0 ? describe : describe.skip;

describeWithCompiler('the Bicep files (a Bicep compiler is needed)', () => {
  test('compile without warnings to the committed predictions', () => {
    const { status, stderr } = check(infra);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }, 120_000);

  test('do not compile with an unused parameter or an unknown API version', () => {
    const copy = mkdtempSync(join(tmpdir(), 'convoke-compile-'));
    try {
      cpSync(infra, copy, { recursive: true });
      // Small, so that the compiler has little to do; the settings are what matters.
      const main = `param forgotten string = ''
resource unknown 'Microsoft.Resources/resourceGroups@1999-01-01' existing = { name: 'x' }
output other string = unknown.id
`;
      writeFileSync(join(copy, 'main.bicep'), main);
      writeFileSync(join(copy, 'main.bicepparam'), `using 'main.bicep'`);
      const { status, stderr } = check(copy);
      expect(status).toBe(1);
      expect(stderr).toContain('no-unused-params');
      expect(stderr).toContain('BCP081');
    } finally {
      rmSync(copy, { recursive: true });
    }
  }, 120_000);

  test('of every sample for Power Automate compile without warnings, under the same rules', () => {
    const samples = mkdtempSync(join(tmpdir(), 'convoke-samples-'));
    try {
      cpSync(join(root, 'power-automate', 'samples'), samples, { recursive: true });
      cpSync(join(infra, 'bicepconfig.json'), join(samples, 'bicepconfig.json'));
      const { status, stderr } = spawnSync(
        compiler.stdout.trim(),
        ['build', '--pattern', join(samples, '*', 'main.bicep')],
        { encoding: 'utf8', env: { DOTNET_TieredCompilation: '0', ...process.env } },
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const folders = readdirSync(samples, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);
      for (const folder of folders)
        expect(readFileSync(join(samples, folder, 'main.json'), 'utf8')).toContain(
          'workflowdefinition.json#',
        );
      expect(folders.length).toBeGreaterThan(0);
    } finally {
      rmSync(samples, { recursive: true });
    }
  }, 120_000);
});
