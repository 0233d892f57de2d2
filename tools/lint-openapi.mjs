// Checks the OpenAPI description with common linters; allows no error and no warning. npx fetches them in these
// versions, because nothing else needs them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { openApiDocument } = createRequire(import.meta.url)('../dist/src/openapi/document.js');

const linters = [
  ['@redocly/cli@2.77.0', 'lint', 'openapi.json', '--max-problems', '1000'],
  ['@stoplight/spectral-cli@6.16.3', 'lint', 'openapi.json', '--fail-severity', 'warn'],
];

const folder = mkdtempSync(join(tmpdir(), 'convoke-openapi-'));
try {
  const description = openApiDocument('https://convoke.azurewebsites.net/api');
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(description));
  writeFileSync(join(folder, '.spectral.yaml'), 'extends: ["spectral:oas"]\n');
  for (const linter of linters) lint(linter);
} finally {
  rmSync(folder, { recursive: true });
}

function run(args) {
  return spawnSync('npx', ['--yes', ...args], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
}

function lint([name, ...args]) {
  if (run([name, '--version']).status !== 0) {
    console.error(`${name} could not be fetched from the registry, so it was not run.`);
    return;
  }
  const { status, stdout, stderr } = run([name, ...args]);
  const said = `${stdout}${stderr}`;
  // Redocly exits with 0 after warnings.
  const passed = status === 0 && !/\b[1-9]\d* warnings?\b/i.test(said);
  console.log(passed ? `${name}: no error, no warning` : `${name}:\n${said}`);
  if (!passed) process.exitCode = 1;
}
