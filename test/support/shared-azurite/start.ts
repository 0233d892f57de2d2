import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Azurite } from '../../../local/storage';
import { variable, type SharedAzurite } from './account';

/** More accounts than one test run needs. */
const accountNames = Array.from({ length: 200 }, (_, index) => `account${index}`);

/**
 * Jest's global set-up: one Azurite for all integration tests of a run, since each start takes more than a second of CPU, and one
 * cache of compiled code for the processes that they start. https://jestjs.io/docs/configuration#globalsetup-string
 */
async function start(): Promise<void> {
  process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'convoke-compile-cache');
  const azurite = await Azurite.start({ accountNames });
  const shared: SharedAzurite = {
    pid: azurite.pid,
    accounts: accountNames.map((name) => azurite.account(name)),
    taken: mkdtempSync(join(tmpdir(), 'convoke-accounts-')),
  };
  process.env[variable] = JSON.stringify(shared);
}

module.exports = start;
