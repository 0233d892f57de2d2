import type { Safeguards } from './safeguard';

const protocol = 'batches/batch-protocol.test.ts';
const runs = 'batches/run/run-batch.test.ts';
const recount = 'batches/run/recount-row.test.ts';
const cancelled = 'meetings/create/refuse-cancelled.test.ts';

/** Safeguards of batch rows: each is counted once, after its result, by the holder of the batch, and ends in one way. */
export const ofRows: Safeguards = {
  'two instances hold one batch': {
    file: 'batches/run/claim-batch.ts',
    find: "state === 'running' && lease.fencingToken === fencingToken",
    replace: "state === 'running' && lease.fencingToken.length === fencingToken.length",
    test: runs,
    name: 'the instance that lost the batch writes nothing',
  },
  'a batch that is coming to its end is written to': {
    file: 'batches/run/claim-batch.ts',
    find: "state === 'running' && lease.fencingToken === fencingToken",
    replace: "state !== 'accepted' && lease.fencingToken === fencingToken",
    test: runs,
    name: 'writes nothing of its own to a batch that is',
  },
  'who has lost the batch goes on reading': {
    file: 'batches/run/run-batch.ts',
    find: 'if (!isHeldBy(stored.batch, fencingToken))\n    return hasEnded(stored.batch) ? completeBatch(stored, deps) : undefined;',
    replace: 'if (hasEnded(stored.batch)) return completeBatch(stored, deps);',
    test: runs,
    name: 'sends no row of it any more',
  },
  'who has lost the batch goes on writing': {
    file: 'batches/run/run-batch.ts',
    find: 'if (!isHeldBy(batch, fencingToken)) return undefined;',
    replace: '',
    test: runs,
    name: 'the instance that lost the batch writes nothing',
  },
  'a row counts before its result is sent': {
    file: 'batches/run/record-progress.ts',
    find: '      await results.publish(result);\n      const { batchId, index } = result;\n      if (batchId !== undefined && index !== undefined && isBatchId(batchId))\n        if (await progress.record(result)) await recount({ batchId, index });',
    replace:
      '      const { batchId, index } = result;\n      if (batchId !== undefined && index !== undefined && isBatchId(batchId))\n        if (await progress.record(result)) await recount({ batchId, index });\n      await results.publish(result);',
    test: protocol,
    name: 'in every state: one trouble',
  },
  'a row that is put back loses its batch': {
    file: 'meetings/messages/process-request.ts',
    find: '{ ...metadata, attempts }), delayMs',
    replace: '{ acceptedDateTime: metadata.acceptedDateTime, attempts }), delayMs',
    test: 'handlers/queue/process-meeting-request.test.ts',
    name: 'a row of a batch stays one when it is put back',
  },
  'a cancelled row is refused without a trace in the ledger': {
    file: 'meetings/create/refuse-cancelled.ts',
    find: 'const { entry, etag } = await ledger.begin(cancelledEntry(row, clock.now()));',
    replace:
      'const found = await ledger.read(row.request.requestId); if (found === undefined) return resultOf(row, undefined, deps); const { entry, etag } = found;',
    test: cancelled,
    name: 'is refused by an instance that still goes by what it knew two seconds ago',
  },
  'a cancellation is known to an instance a minute later': {
    file: 'adapters/storage/batches/batch-cache.ts',
    find: 'const cacheTtlMs = 2_000;',
    replace: 'const cacheTtlMs = 60_000;',
    test: cancelled,
    name: 'is known to be one two seconds later by every instance',
  },
  'a dead message of a batch may be delivered for the last time': {
    file: 'batches/run/requeue-dead-batch.ts',
    find: 'const maxDeliveries = 2;',
    replace: 'const maxDeliveries = 5;',
    test: 'handlers/http/batches/batches.test.ts',
    name: 'lets a dead message go at its delivery 3',
  },
  'a batch that nobody has begun is never resumed': {
    file: 'batches/run/resume-stalled-batches.ts',
    find: 'const isStalled = now.getTime()',
    replace: "const isStalled = batch.state !== 'accepted' && now.getTime()",
    test: 'batches/run/resume-stalled-batches.test.ts',
    name: 'starts a batch whose first message was lost',
  },
  'a finished batch is not put among the finished ones by the timer': {
    file: 'batches/run/resume-stalled-batches.ts',
    find: "if (stored.batch.state === 'finished') return void (await completeBatch(stored, deps));",
    replace: "if (stored.batch.state === 'finished') return;",
    test: 'batches/run/resume-stalled-batches.test.ts',
    name: 'puts a batch among the finished ones whose instance died',
  },
  'readers of finished batches do not wait for ends on their way': {
    file: 'batches/results/finished-batches.ts',
    find: 'return ending !== undefined && ending < latest ? ending : latest;',
    replace: 'return latest;',
    test: 'batches/results/finished-batches.test.ts',
    name: 'wherever the end of one breaks off',
  },
  'a result that moves does not touch its open chunk': {
    file: 'batches/run/recount-row.ts',
    find: ': { ...stored.batch };',
    replace: ': stored.batch;',
    test: recount,
    name: 'also when it moves while its chunk is counted',
  },
  'what was read before another wrote is counted': {
    file: 'batches/run/run-batch.ts',
    find: 'outcomes: fresh, chunk',
    replace: 'outcomes, chunk',
    test: recount,
    name: 'also when it moves while its chunk is counted',
  },
  'a row moves the counts of an end that may not have been told': {
    file: 'batches/run/recount-row.ts',
    find: "if (stored.batch.state === 'completing') {",
    replace: "if (stored.batch.state === 'accepted') {",
    test: recount,
    name: 'so that the end is announced once',
  },
  'an earlier attempt takes the place of a later one': {
    file: 'batches/outcomes/supersedes.ts',
    find: '? next.attempts >= kept.attempts',
    replace: '? next.attempts >= 0',
    test: 'adapters/storage/batches/batch-storage.test.ts',
    name: 'an earlier attempt that comes late',
  },
};
