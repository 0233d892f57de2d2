import type { Change } from './variants/app-variant';

/** Each removes one safeguard; the trial must notice it. */
export const mutants: Readonly<Record<string, Change>> = {
  'the ledger is skipped': {
    file: 'adapters/storage/etag-row.js',
    find: 'value: found.value, inserted: false',
    replace: 'value: found.value, inserted: true',
  },
  'the result is written before Graph is asked': {
    file: 'meetings/create/call-graph.js',
    find: 'const made = await',
    replace:
      "await require('./record-outcome').recordOutcome({ ...attempt, deps: { ...deps, ledger: { replace: async () => stored } } }, { stored, step: { kind: 'arrived' } }, { status: 'created' }); const made = await",
  },
  'a create that broke off is repeated': {
    file: 'meetings/create/make-meeting.js',
    find: 'repeatable: false',
    replace: 'repeatable: true',
  },
  'a create that an instance left behind is taken over': {
    file: 'meetings/ledger.js',
    find: "if (plan !== 'createOnce' || ifUnknown === 'retry')",
    replace: 'if (true)',
  },
  'every request has a key of its own': {
    file: 'meetings/create/make-meeting.js',
    find: "requestId, 'base64url'",
    replace: "requestId + Math.random(), 'base64url'",
  },
  'a finished request does not send its result again': {
    file: 'meetings/create/publish-outcome.js',
    find: 'const result = addressedTo(metadata, recorded);\n    await deps.results.publish(result);',
    replace: 'const result = addressedTo(metadata, recorded);',
  },
  'a request that is put back is not sent': {
    file: 'meetings/messages/process-request.js',
    find: 'await requests.send((0, queue_message_1.toMessage)(input, requestId, { ...metadata, attempts }), delayMs);',
    replace: '',
  },
  'a create that broke off is called failed': {
    file: 'meetings/ledger.js',
    find: "brokeOff || isInDoubt ? 'unknown' : 'failed'",
    replace: "'failed'",
  },
  'a time-out at Graph had no effect': {
    file: 'adapters/graph/errors.js',
    find: 'if (!notExecuted.has(status)) {',
    replace: 'if (!notExecuted.has(status) && status !== 408) {',
  },
  'an answer without a meeting had no effect': {
    file: 'adapters/graph/meetings.js',
    find: "'Microsoft Graph did not return a meeting.', {\n        executed: 'unknown',",
    replace: "'Microsoft Graph did not return a meeting.', {",
  },
  'a retry that may make a second meeting needs no confirmation': {
    file: 'meetings/create/retry-request.js',
    find: 'throw confirmationNeeded();',
    replace: ';',
  },
  'a cancellation is not recorded with the request': {
    file: 'meetings/create/refuse-cancelled.js',
    find: 'const { entry, etag } = await ledger.begin(cancelledEntry(row, clock.now()));',
    replace:
      'const found = await ledger.read(row.request.requestId); if (found === undefined) return cancelledEntry(row, clock.now()); const { entry, etag } = found;',
  },
  'a cancelled row is forgotten once another sender has begun its request': {
    file: 'meetings/create/take-over.js',
    find: '...(cancelledFor !== undefined && { cancelledFor })',
    replace: '',
  },
  'a row counts as done before its result is sent': {
    file: 'batches/run/record-progress.js',
    find: 'await results.publish(result);\n            const { batchId, index } = result;',
    replace:
      'const { batchId, index } = result; setTimeout(() => results.publish(result).catch(() => undefined), 1_500);',
  },
  'a chunk counts as sent before it is': {
    file: 'batches/run/run-batch.js',
    find: 'await sendMissing(closed, chunk, deps);',
    replace: 'void sendMissing(closed, chunk, deps).catch(() => undefined);',
  },
  'the clean-up takes a batch off its list first': {
    file: 'retention/clean-up.js',
    find: 'await rows.remove(batch.rows.blob);',
    replace: 'await index.removeFinished(finished); await rows.remove(batch.rows.blob);',
  },
};
