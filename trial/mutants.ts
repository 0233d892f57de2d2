import type { Change } from './app-variant';

/** Each removes one safeguard. A trial that does not notice proves nothing. */
export const mutants: Readonly<Record<string, Change>> = {
  'the ledger is skipped': {
    file: 'adapters/storage/request-table.js',
    find: '{ ...found, inserted: false }',
    replace: '{ ...found, inserted: true }',
  },
  'the result is written before Graph is asked': {
    file: 'meetings/create-meeting.js',
    find: 'let made;',
    replace:
      "await this.#deps.results.publish((0, outcome_1.resultOf)(this.#origin(stored.entry), { status: 'created' })); let made;",
  },
  'a create that broke off is repeated': {
    file: 'meetings/call-graph.js',
    find: 'repeatable: false',
    replace: 'repeatable: true',
  },
  'a create that an instance left behind is taken over': {
    file: 'meetings/ledger.js',
    find: "plan === 'ensure' ? { kind: 'work' } : { kind: 'finish', status: 'unknown' }",
    replace: "{ kind: 'work' }",
  },
  'every request has a key of its own': {
    file: 'meetings/call-graph.js',
    find: "requestId, 'base64url'",
    replace: "requestId + Math.random(), 'base64url'",
  },
  'a finished request does not send its result again': {
    file: 'meetings/create-meeting.js',
    find: 'const result = this.#addressed(recorded);\n        await this.#deps.results.publish(result);',
    replace: 'const result = this.#addressed(recorded);',
  },
  'a request that is put back is not sent': {
    file: 'handlers/queue/process-meeting-request.js',
    find: 'await requests.send((0, queue_message_1.toMessage)(queued.input, requestId, delivery), delayMs);',
    replace: '',
  },
  'a create that broke off is called failed': {
    file: 'meetings/ledger.js',
    find: "brokeOff || mayHaveMeeting === true ? 'unknown' : 'failed'",
    replace: "'failed'",
  },
};
