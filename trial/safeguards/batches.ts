import type { Safeguards } from './safeguard';

const protocol = 'batches/batch-protocol.test.ts';
const carryOut = 'batches/run/carry-out-batch.test.ts';

/** Safeguards of the clean-up and of passes over finished batches. */
export const ofBatches: Safeguards = {
  'a retry begins while its batch is being removed': {
    file: 'batches/run/start-pass.ts',
    find: 'if (batch.isBeingRemoved === true) throw batchNotFound();',
    replace: '',
    test: protocol,
    name: 'beside a retry',
  },
  'the clean-up does not look at the queues': {
    file: 'retention/clean-up.ts',
    find: "if (await mayHaveOldMessages(deps)) return deps.log.warn('clean-up.postponed');",
    replace: 'void mayHaveOldMessages;',
    test: 'retention/clean-up.test.ts',
    name: 'forgets nothing while',
  },
  'the clean-up takes a batch that has gone on': {
    file: 'retention/clean-up.ts',
    find: "if (batch.state !== 'finished' || batch.completedDateTime !== completedDateTime)",
    replace: 'if (completedDateTime === undefined)',
    test: protocol,
    name: 'beside a retry',
  },
  'a message that is older than the ledger makes its meeting': {
    file: 'meetings/create/call-graph.ts',
    find: 'if (ageMs < retentionMs - clockMarginMs) return',
    replace: 'if (ageMs < Infinity) return',
    test: protocol,
    name: 'beside late copies of its messages',
  },
  'an undo says cancelled of a request that was forgotten': {
    file: 'meetings/changes/decide-change.ts',
    find: 'return change.isOfPass && entry === undefined',
    replace: 'return change.isOfPass && entry !== undefined',
    test: protocol,
    name: 'beside an undo',
  },
  'rows are tried again before their results are marked as out of date': {
    file: 'batches/run/send-pass.ts',
    find: 'if (indexes.length > 0) await deps.progress.reopen(batchId, chunk, { pass, indexes });',
    replace: '',
    test: protocol,
    name: 'after undo',
  },
  'a second pass begins while one runs': {
    file: 'batches/run/start-pass.ts',
    find: 'if (!hasEnded(batch)) return resumePass(batch, request, deps);',
    replace: '',
    test: protocol,
    name: 'after undo',
  },
  'a pass is not listed before it begins': {
    file: 'batches/run/start-pass.ts',
    find: 'await deps.index.addActive(activeEntryOf(next), next.movedDateTime);',
    replace: '',
    test: 'batches/run/resume-stalled-batches.test.ts',
    name: 'continues a pass',
  },
  'rows that a dead instance was carrying out are not sent again': {
    file: 'batches/run/run-batch.ts',
    find: 'abandonedChunk(batch) ?? overdueChunk',
    replace: 'overdueChunk',
    test: carryOut,
    name: 'that an instance left behind',
  },
  'a row that cannot be carried out now is left': {
    file: 'batches/run/carry-out-batch.ts',
    find: 'if (!(await isCarriedOut(message))) await requests.send(message, delayMs);',
    replace: 'if (!(await isCarriedOut(message))) void [requests, delayMs];',
    test: carryOut,
    name: 'puts a row that cannot be carried out now',
  },
  'chunks that were carried out are not handed over': {
    file: 'batches/run/run-batch.ts',
    find: 'handOver(closeFullChunks(batch, outcomes, timeOf(deps)))',
    replace: 'closeFullChunks(batch, outcomes, timeOf(deps))',
    test: carryOut,
    name: 'sends a row once',
  },
  'chunks count as sent before anybody knows who carries them out': {
    file: 'batches/run/chunks.ts',
    find: 'carriedOutUnder: batch.lease.fencingToken,',
    replace: '',
    test: carryOut,
    name: 'that an instance left behind',
  },
  'a chunk that was counted while it was sent again is opened again': {
    file: 'batches/run/chunks.ts',
    find: 'if (isCounted(batch, chunk)) return batch;',
    replace: '',
    test: protocol,
    name: 'two chunks that were left behind',
  },
  'a retry that may make a second meeting needs no confirmation': {
    file: 'meetings/create/retry-request.ts',
    find: 'if (needsConfirmation(stored) && !confirmed) throw confirmationNeeded();',
    replace: '',
    test: 'meetings/create/retry-request.test.ts',
    name: 'needs a confirmation',
  },
};
