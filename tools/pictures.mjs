// Makes the pictures of the documentation: the page tests take screenshots, and the others are drawn.
import { spawnSync } from 'node:child_process';
import { env as environment } from 'node:process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const env = { ...environment, PICTURES: join(root, 'docs/images') };
const programs = [
  ...['doctor', 'workbook', 'alert'].map((name) => [join(root, `tools/pictures/${name}.mjs`)]),
  [join(root, 'dist/power-automate/pictures/generate.js')],
  [join(root, 'node_modules/jest/bin/jest.js'), 'test/integration/page'],
];
for (const program of programs) {
  const { status } = spawnSync(process.execPath, program, { cwd: root, stdio: 'inherit', env });
  if (status !== 0) process.exitCode = 1;
}
