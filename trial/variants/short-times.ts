import type { Change } from './app-variant';

/**
 * A createOnce that was cut short is reported once its lease is over, half a minute after its last possible call.
 * With storage on the same machine, a few seconds are enough.
 */
export const shortLeases: Change = {
  file: 'meetings/attempt.js',
  find: 'recordingMs = 30_000;',
  replace: 'recordingMs = 4_000;',
};

/** Instances do not live for the five minutes and the hour between two runs of a timer. */
export const quickTimers: readonly Change[] = [
  {
    file: 'functions/resume-stalled-batches.js',
    find: '0 */5 * * * *',
    replace: '*/4 * * * * *',
  },
  { file: 'functions/clean-up.js', find: '0 17 * * * *', replace: '*/7 * * * * *' },
  { file: 'functions/measure-queues.js', find: '30 2-59/5 * * * *', replace: '*/5 * * * * *' },
];

/** For how long nobody may hear of a batch until it is taken up again. */
export const silenceFor = (seconds: number): Change => ({
  file: 'batches/run/resume-stalled-batches.js',
  find: 'const maxSilenceMs = 5 * 60_000;',
  replace: `const maxSilenceMs = ${seconds}_000;`,
});

/** How long changes wait for their request: some belong to a batch that was cancelled. */
export const overtakingFor = (seconds: number): Change => ({
  file: 'meetings/messages/process-request.js',
  find: 'const maxOvertakingMs = 10 * 60_000;',
  replace: `const maxOvertakingMs = ${seconds}_000;`,
});

/** That Graph does not find a meeting is believed after seconds: the simulator knows each at once. */
export const earlyBelief: Change = {
  file: 'meetings/changes/call-graph.js',
  find: 'newForMs = 60_000;',
  replace: 'newForMs = 2_000;',
};

/** A batch of some dozen rows has several chunks. */
export const smallChunks: Change = {
  file: 'batches/batch.js',
  find: 'exports.chunkSize = 100;',
  replace: 'exports.chunkSize = 10;',
};

/** Room for one or two batches of a trial: others go by the requests queue. */
export const roomFor = (rows: number): Change => ({
  file: 'batches/run/carry-out-batch.js',
  find: 'exports.roomForRows = 200;',
  replace: `exports.roomForRows = ${rows};`,
});

/** What has ended is removed after as many milliseconds as it is kept days elsewhere. */
export const shortRetention: Change = {
  file: 'config/config.js',
  find: 'readRetentionDays(read, maxAgeHours) * 86_400_000',
  replace: 'readRetentionDays(read, maxAgeHours)',
};

/** A tenth of the waits between two tries, of the pauses of a batch, and of the difference between clocks. */
export const shortWaits: readonly Change[] = [
  {
    file: 'meetings/calls/retry.js',
    find: 'maxWaitInPlaceMs = 5_000;',
    replace: 'maxWaitInPlaceMs = 500;',
  },
  {
    file: 'meetings/calls/retry.js',
    find: 'firstBackoffMs = 500;',
    replace: 'firstBackoffMs = 50;',
  },
  {
    file: 'meetings/messages/process-request.js',
    find: 'firstDelayMs = 5_000;',
    replace: 'firstDelayMs = 500;',
  },
  { file: 'batches/run/chunks.js', find: 'minPauseMs = 1_000;', replace: 'minPauseMs = 100;' },
  { file: 'batches/run/chunks.js', find: 'maxPauseMs = 15_000;', replace: 'maxPauseMs = 1_500;' },
  {
    file: 'batches/results/finished-batches.js',
    find: 'clockSkewMs = 10_000;',
    replace: 'clockSkewMs = 1_000;',
  },
];
