import { makeStorageClients, type StorageClients } from '../../../src/adapters/storage/clients';
import type { StorageAccount } from '../../../local/storage';

/** Returns clients that try each call once, so that a refusal is seen at once. */
export const clientsOf = ({ connectionString }: StorageAccount): StorageClients =>
  makeStorageClients({ kind: 'connectionString', connectionString }, { tries: 1 });

interface Refusal {
  readonly statusCode?: number;
  readonly code?: string;
  readonly details?: { readonly odataError?: { readonly code?: string } };
}

/** Status and code of what storage refuses; `done` when it does not. */
export async function outcomeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (thrown) {
    const { statusCode, code, details } = thrown as Refusal;
    return `${statusCode} ${code ?? details?.odataError?.code}`;
  }
}
