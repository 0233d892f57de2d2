import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StorageAccount } from '../../../local/storage';

/** Tells the processes of the test files, and the global tear-down, about the shared Azurite. */
export const variable = 'CONVOKE_TEST_AZURITE';

export interface SharedAzurite {
  readonly pid: number;
  readonly accounts: readonly StorageAccount[];
  /** The folder with one subfolder for each account in use. */
  readonly taken: string;
}

/** Returns the Azurite of this run; undefined if the run has none. */
export function sharedAzurite(): SharedAzurite | undefined {
  const text = process.env[variable];
  return text === undefined ? undefined : (JSON.parse(text) as SharedAzurite);
}

/** An account that no other test file uses; undefined if the run has no shared Azurite. */
export function takeAccount(): StorageAccount | undefined {
  const shared = sharedAzurite();
  return shared?.accounts.find((_, index) => isFree(join(shared.taken, String(index))));
}

/** The option of a stack that keeps its data there. */
export function onSharedAzurite(): { readonly storage?: StorageAccount } {
  const storage = takeAccount();
  return storage === undefined ? {} : { storage };
}

/** Only one process can make a folder. */
function isFree(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
