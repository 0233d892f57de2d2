import { rmSync } from 'node:fs';
import { sharedAzurite } from './account';

/** Jest's global tear-down. */
function stop(): void {
  const shared = sharedAzurite();
  if (shared === undefined) return;
  rmSync(shared.taken, { recursive: true });
  process.kill(shared.pid, 'SIGKILL');
}

module.exports = stop;
