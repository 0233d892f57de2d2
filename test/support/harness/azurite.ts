import { Azurite } from '../../../local/storage';

/** One Azurite for a test file, stopped when the file is done. */
export function useAzurite(): { readonly storage: Azurite; readonly connectionString: string } {
  let azurite: Azurite | undefined;
  beforeAll(async () => {
    azurite = await Azurite.start({});
  }, 60_000);
  afterAll(async () => {
    await azurite?.close();
  });
  return {
    get storage(): Azurite {
      if (azurite === undefined) throw new Error('Azurite runs only while tests do.');
      return azurite;
    },
    get connectionString(): string {
      return this.storage.connectionString;
    },
  };
}
