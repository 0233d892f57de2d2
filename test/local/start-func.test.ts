import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { projectFolder } from '../../local/project-folder';

/** Behaves like the host of Core Tools: ignores SIGTERM. */
const func = `#!/usr/bin/env node
process.on('SIGTERM', () => undefined);
process.on('SIGINT', () => process.exit(0));
setInterval(() => undefined, 1000);
console.log('func is running');
`;

test('npm run start:func ends on SIGTERM, with the host that ignores it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'func-'));
  writeFileSync(join(folder, 'func'), func);
  chmodSync(join(folder, 'func'), 0o755);
  const path = [folder, dirname(process.execPath), process.env['PATH']].join(delimiter);
  const child = spawn(process.execPath, [join(projectFolder(), 'dist/local/start-func.js')], {
    env: { PATH: path },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(said.toString()).toBe('func is running\n');
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
  rmSync(folder, { recursive: true });
}, 60_000);
