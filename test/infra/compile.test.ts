import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { root } from './predictions';

const infra = join(root, 'infra');
const run = (folder: string, args: readonly string[], env = process.env) =>
  spawnSync(process.execPath, [join(folder, 'compile.mjs'), ...args], { encoding: 'utf8', env });

const compiler = run(infra, ['--compiler']);

/** With the compiler that was found first on the path, so that it is not looked for again. */
const check = (folder: string) => {
  const path = [dirname(compiler.stdout.trim()), process.env['PATH']].join(delimiter);
  return run(folder, ['--check'], { ...process.env, PATH: path });
};

// Without a compiler these are reported as skipped, and the other tests still check the committed predictions.
const testWithCompiler = compiler.status === 0 ? test : test.skip;

test('names the compiler it uses, or says what would help', () => {
  const said = compiler.status === 0 ? compiler.stdout : compiler.stderr;
  expect(said).toMatch(/bicep/);
  expect([0, 3]).toContain(compiler.status);
});

testWithCompiler(
  'compiles without warnings to the committed predictions (a Bicep compiler is needed)',
  () => {
    const { status, stderr } = check(infra);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  },
  120_000,
);

describe('a copy of the Bicep files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'convoke-compile-'));
    cpSync(infra, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  testWithCompiler(
    'does not compile with an unused parameter or an unknown API version (a Bicep compiler is needed)',
    () => {
      appendFileSync(
        join(folder, 'main.bicep'),
        `param forgotten string = ''
resource unknown 'Microsoft.Resources/resourceGroups@1999-01-01' existing = { name: 'x' }
output other string = unknown.id
`,
      );
      const { status, stderr } = check(folder);
      expect(status).toBe(1);
      expect(stderr).toContain('no-unused-params');
      expect(stderr).toContain('BCP081');
    },
    120_000,
  );

  testWithCompiler(
    'is told apart from the committed predictions (a Bicep compiler is needed)',
    () => {
      appendFileSync(
        join(folder, 'main.bicep'),
        "resource other 'Microsoft.Resources/resourceGroups@2024-07-01' = { name: 'other', location: location }\n",
      );
      const { status, stderr } = check(folder);
      expect({ status, stderr }).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('plain.json'),
      });
    },
    120_000,
  );
});
