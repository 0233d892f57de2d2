import { serveStorage } from '../../../bench/storage-stand-in/server';
import type { StorageAccount } from '../../../local/storage';
import { useAzurite } from './azurite';

/** The stand-in that the bench measures with, in this process, for a test file. */
export function useStandIn(): StorageAccount {
  let served: Awaited<ReturnType<typeof serveStorage>> | undefined;
  beforeAll(async () => {
    served = await serveStorage();
  });
  afterAll(() => served?.close());
  const account = (): StorageAccount => {
    if (served === undefined) throw new Error('Storage is there only while tests run.');
    return served;
  };
  return {
    get endpoints(): StorageAccount['endpoints'] {
      return account().endpoints;
    },
    get connectionString(): string {
      return account().connectionString;
    },
  };
}

/** What has to behave alike, for `describe.each`. */
export const storages: readonly (readonly [string, () => StorageAccount])[] = [
  ['Azurite', useAzurite],
  ['the stand-in', useStandIn],
];
