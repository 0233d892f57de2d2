import { serveStorage } from '../../../bench/storage-stand-in/server';
import type { StorageAccount } from '../../../local/storage';
import { accountWhileTesting, useAzurite } from '../../support/harness/azurite';

/** The stand-in that the bench measures with, in this process, for a test file. */
function useStandIn(): StorageAccount {
  let served: Awaited<ReturnType<typeof serveStorage>> | undefined;
  beforeAll(async () => {
    served = await serveStorage();
  });
  afterAll(() => served?.close());
  return accountWhileTesting(() => served);
}

/** The storages that must behave alike, for `describe.each`. */
export const storages: readonly (readonly [string, () => StorageAccount])[] = [
  ['Azurite', useAzurite],
  ['the stand-in', useStandIn],
];
