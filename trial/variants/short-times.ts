import type { Change } from './app-variant';

/**
 * An interrupted createOnce is reported when its lease ends, half a minute after its last possible call. With storage
 * on the same machine, a few seconds are enough.
 */
export const shortLeases: Change = {
  file: 'meetings/attempt.js',
  find: 'recordingMs = 30_000;',
  replace: 'recordingMs = 4_000;',
};

/** Timers run more often, because instances do not live for five minutes or an hour. */
export const quickTimers: readonly Change[] = [
  {
    file: 'functions/resume-stalled-batches.js',
    find: '0 */5 * * * *',
    replace: '*/4 * * * * *',
  },
  { file: 'functions/clean-up.js', find: '0 17 * * * *', replace: '*/7 * * * * *' },
  { file: 'functions/measure-queues.js', find: '30 2-59/5 * * * *', replace: '*/5 * * * * *' },
];

/** Time after which a silent batch is resumed. */
export const silenceFor = (seconds: number): Change => ({
  file: 'batches/run/resume-stalled-batches.js',
  find: 'const maxSilenceMs = 5 * 60_000;',
  replace: `const maxSilenceMs = ${seconds}_000;`,
});

/** How long changes wait for their request, which may belong to a cancelled batch. */
export const overtakingFor = (seconds: number): Change => ({
  file: 'meetings/messages/process-request.js',
  find: 'const maxOvertakingMs = 10 * 60_000;',
  replace: `const maxOvertakingMs = ${seconds}_000;`,
});

/** A 404 is accepted after seconds, because the simulator knows each meeting at once. */
export const earlyBelief: Change = {
  file: 'meetings/changes/apply-change.js',
  find: 'newForMs = 60_000;',
  replace: 'newForMs = 2_000;',
};

/** Small chunks, so that a batch of some dozen rows has several. */
export const smallChunks: Change = {
  file: 'batches/batch.js',
  find: 'exports.chunkSize = 100;',
  replace: 'exports.chunkSize = 10;',
};

/** Room for one or two batches of a trial; others go through the requests queue. */
export const roomFor = (rows: number): Change => ({
  file: 'batches/run/carry-out-batch.js',
  find: 'exports.rowCapacity = 200;',
  replace: `exports.rowCapacity = ${rows};`,
});

/** Retention in milliseconds instead of days. */
export const shortRetention: Change = {
  file: 'config/config.js',
  find: 'readRetentionDays(read, maxAgeHours) * 86_400_000',
  replace: 'readRetentionDays(read, maxAgeHours)',
};

/** A tenth of the delays between tries, of the pauses of a batch, and of the difference between clocks. */
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
