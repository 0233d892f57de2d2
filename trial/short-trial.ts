import type { TrialOptions } from './trial';

/** A trial that takes half a minute, more on a busy machine; with the leases of `shortLeases`. */
export const shortTrial: Omit<TrialOptions, 'appFolder'> = {
  requests: 250,
  seed: 1,
  hosts: 2,
  killEverySeconds: 3,
  restartStorageEverySeconds: 8,
  graphTimeoutSeconds: 1,
  storageFaults: 0.003,
  limitSeconds: 240,
};
