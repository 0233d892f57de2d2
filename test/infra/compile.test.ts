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

test('without a compiler it says what would help', () => {
  const { status, stderr } = run(infra, ['--check'], { PATH: '', HOME: tmpdir() });
  expect(status).toBe(3);
  expect(stderr).toContain('No Bicep compiler at hand.');
});

// Without a compiler these are reported as skipped, and the other tests still check the committed predictions.
const describeWithCompiler = compiler.status === 0 ? describe : describe.skip;

describeWithCompiler('the Bicep files (a Bicep compiler is needed)', () => {
  let copy: string;
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'convoke-compile-'));
    cpSync(infra, copy, { recursive: true });
  });
  afterEach(() => rmSync(copy, { recursive: true }));

  test('compile without warnings to the committed predictions', () => {
    const { status, stderr } = check(infra);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }, 120_000);

  test('do not compile with an unused parameter or an unknown API version', () => {
    const addition = `param forgotten string = ''
resource unknown 'Microsoft.Resources/resourceGroups@1999-01-01' existing = { name: 'x' }
output other string = unknown.id
`;
    appendFileSync(join(copy, 'main.bicep'), addition);
    const { status, stderr } = check(copy);
    expect(status).toBe(1);
    expect(stderr).toContain('no-unused-params');
    expect(stderr).toContain('BCP081');
  }, 120_000);

  test('are told apart from the committed predictions', () => {
    const addition = `resource other 'Microsoft.Resources/resourceGroups@2024-07-01' = { name: 'other', location: location }\n`;
    appendFileSync(join(copy, 'main.bicep'), addition);
    const { status, stderr } = check(copy);
    expect(status).toBe(1);
    expect(stderr).toContain('infra/snapshots/plain.json is not what the Bicep files give.');
  }, 120_000);
});
