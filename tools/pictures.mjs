// Makes the pictures of the documentation: the tests of the page take them on their way.
import { spawnSync } from 'node:child_process';
import { env as environment } from 'node:process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/jest/bin/jest.js'), 'test/integration/page'],
  { cwd: root, stdio: 'inherit', env: { ...environment, PICTURES: join(root, 'docs/images') } },
);
process.exitCode = status ?? 1;
