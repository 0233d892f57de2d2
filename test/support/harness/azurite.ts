import { Azurite, type StorageAccount } from '../../../local/storage';
import { takeAccount } from '../shared-azurite/account';

/** An empty storage account for a test file, in the shared Azurite or in a new one. */
export function useAzurite(): StorageAccount {
  let azurite: Azurite | undefined;
  let taken: StorageAccount | undefined;
  beforeAll(async () => {
    taken = takeAccount() ?? (azurite = await Azurite.start());
  }, 60_000);
  afterAll(() => azurite?.close());
  return accountWhileTesting(() => taken);
}

/** An account that is known once the tests of a file run. */
export function accountWhileTesting(find: () => StorageAccount | undefined): StorageAccount {
  const account = (): StorageAccount => {
    const found = find();
    if (found === undefined) throw new Error('Storage is there only while tests run.');
    return found;
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
