import { ManagedIdentityCredential, type TokenCredential } from '@azure/identity';

/** The app's managed identity: the user-assigned one with this client id, else the system-assigned one. Never a secret. */
export const makeCredential = (clientId: string | undefined): TokenCredential =>
  clientId === undefined
    ? new ManagedIdentityCredential()
    : new ManagedIdentityCredential({ clientId });
