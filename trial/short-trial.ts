import type { TrialOptions } from './options';
import {
  earlyBelief,
  overtakingFor,
  roomFor,
  quickTimers,
  shortLeases,
  shortWaits,
  silenceFor,
  smallChunks,
} from './variants/short-times';

/** A trial that takes half a minute, more on a busy machine; with few faults that take long, short times and small chunks. */
export const shortTrial: TrialOptions = {
  requests: 60,
  seed: 24,
  hosts: 2,
  kills: { everySeconds: 3, minItems: 16, atMost: 3 },
  storageRestarts: { everySeconds: 5, minItems: 16, atMost: 1 },
  poolChanges: { everySeconds: 2, minItems: 16, atMost: 4 },
  graphTimeoutSeconds: 1,
  leaseSeconds: 3,
  maxPauseMs: 1_000,
  maxStillSeconds: 120,
  storageFaults: 0.003,
  limitSeconds: 1_200,
  changes: [
    ...quickTimers,
    ...shortWaits,
    overtakingFor(8),
    silenceFor(8),
    shortLeases,
    earlyBelief,
    roomFor(20),
    smallChunks,
  ],
};
