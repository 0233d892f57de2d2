import type { Change } from './app-variant';

/** Each removes one safeguard. A trial that does not notice proves nothing. */
export const mutants: Readonly<Record<string, Change>> = {
  'the ledger is skipped': {
    file: 'adapters/storage/etag-row.js',
    find: 'value: found.value, inserted: false',
    replace: 'value: found.value, inserted: true',
  },
  'the result is written before Graph is asked': {
    file: 'meetings/attempt.js',
    find: 'const made = await',
    replace:
      "await (0, record_outcome_1.recordOutcome)({ ...attempt, deps: { ...deps, ledger: { replace: async () => stored } } }, { stored, step: { kind: 'arrived' } }, { status: 'created' }); const made = await",
  },
  'a create that broke off is repeated': {
    file: 'meetings/make-meeting.js',
    find: 'repeatable: false',
    replace: 'repeatable: true',
  },
  'a create that an instance left behind is taken over': {
    file: 'meetings/ledger.js',
    find: "if (plan === 'ensure')",
    replace: 'if (true)',
  },
  'every request has a key of its own': {
    file: 'meetings/make-meeting.js',
    find: "requestId, 'base64url'",
    replace: "requestId + Math.random(), 'base64url'",
  },
  'a finished request does not send its result again': {
    file: 'meetings/record-outcome.js',
    find: 'const result = addressedTo(metadata, recorded);\n    await deps.results.publish(result);',
    replace: 'const result = addressedTo(metadata, recorded);',
  },
  'a request that is put back is not sent': {
    file: 'meetings/process-request.js',
    find: 'await requests.send((0, queue_message_1.toMessage)(input, requestId, { ...metadata, attempts }), delayMs);',
    replace: '',
  },
  'a create that broke off is called failed': {
    file: 'meetings/ledger.js',
    find: "brokeOff || mayHaveMeeting === true ? 'unknown' : 'failed'",
    replace: "'failed'",
  },
};
