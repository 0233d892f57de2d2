import type { TrialOptions } from './trial';

/** A trial that takes half a minute, with the leases of `shortLeases`. */
export const shortTrial: Omit<TrialOptions, 'appFolder'> = {
  requests: 300,
  seed: 1,
  hosts: 2,
  killEverySeconds: 3,
  restartStorageEverySeconds: 6,
  graphTimeoutSeconds: 1,
};
