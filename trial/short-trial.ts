import type { TrialOptions } from './options';
import { quickTimers, shortLeases, smallChunks } from './short-times';

/** A trial that takes half a minute, more on a busy machine; with short times and small chunks. */
export const shortTrial: TrialOptions = {
  requests: 250,
  seed: 1,
  hosts: 2,
  killEverySeconds: 3,
  restartStorageEverySeconds: 8,
  graphTimeoutSeconds: 1,
  storageFaults: 0.003,
  limitSeconds: 1_200,
  changes: [...quickTimers, shortLeases, smallChunks],
};
