import type { Safeguards } from './safeguard';

const attempt = 'meetings/attempt.test.ts';
const graphErrors = 'adapters/graph/errors.test.ts';
const ledger = 'adapters/storage/requests/request-ledger.test.ts';
const retry = 'meetings/create/retry-request.test.ts';

/** Safeguards of single requests: one attempt at a time, one end, and no guess about the effects in Graph or storage. */
export const ofRequests: Safeguards = {
  'an attempt that has lost its row says how it ended itself': {
    file: 'meetings/create/record-outcome.ts',
    find: 'if ((await deps.ledger.replace(etag, finished(entry, result))) === undefined) return undefined;',
    replace: 'await deps.ledger.replace(etag, finished(entry, result));',
    test: attempt,
    name: 'an attempt that lost its row records nothing',
  },
  'a call may begin until the lease ends': {
    file: 'meetings/create/call-graph.ts',
    find: 'const deadline = end - recordingMs - deps.callTimeoutMs;',
    replace: 'const deadline = end;',
    test: attempt,
    name: 'no call begins that could end after the lease',
  },
  'an old plan gives way to the new one': {
    file: 'meetings/create/call-graph.ts',
    find: 'const { plan, mayHaveMeeting = false, progress, event } = stored.entry;',
    replace:
      'const { mayHaveMeeting = false, progress, event } = stored.entry; const plan = recordedPlanFor(request);',
    test: attempt,
    name: 'the plan of the first attempt stays',
  },
  'a row is claimed whatever happened to it meanwhile': {
    file: 'meetings/create/run-attempt.ts',
    find: 'const stored = await deps.ledger.replace(etag, claim);',
    replace:
      'const stored = await deps.ledger.replace((await deps.ledger.read(entry.requestId))?.etag ?? etag, claim);',
    test: retry,
    name: 'never takes back what happened after it looked',
  },
  'a meeting that may be another one is given out': {
    file: 'meetings/create/make-meeting.ts',
    find: 'if (!answer.created) checkFound(request, found, deps);',
    replace: 'if (!answer.created && !found.created) checkFound(request, found, deps);',
    test: 'meetings/calls/options.test.ts',
    name: 'that is another one is not changed and not given out',
  },
  'the organizer is looked up anew at each attempt': {
    file: 'meetings/ledger.ts',
    find: '...(entry.organizerId === undefined && organizer),',
    replace: '...organizer,',
    test: attempt,
    name: 'a name that moves to another person moves no request',
  },
  'a time-out at Graph had no effect': {
    file: 'adapters/graph/errors.ts',
    find: '413, 415, 429]',
    replace: '413, 415, 429, 408]',
    test: graphErrors,
    name: 'a request that timed out',
  },
  'a conflict at Graph had no effect': {
    file: 'adapters/graph/errors.ts',
    find: '413, 415, 429]',
    replace: '413, 415, 429, 409]',
    test: graphErrors,
    name: 'a 409, which does not say',
  },
  'an answer without a meeting had no effect': {
    file: 'adapters/graph/meetings.ts',
    find: "'Microsoft Graph did not return a meeting.', {\n    executed: 'unknown',",
    replace: "'Microsoft Graph did not return a meeting.', {",
    test: 'adapters/graph/odd-answers.test.ts',
    name: 'success as a list',
  },
  'a token that Graph refused is kept': {
    file: 'adapters/graph/client.ts',
    find: 'if (status === 401) tokens.discard();',
    replace: '',
    test: 'adapters/graph/odd-answers.test.ts',
    name: 'of 401 makes the next call ask for a new token',
  },
  'one’s own write is taken for another’s': {
    file: 'adapters/storage/etag-row.ts',
    find: 'return found?.write === id ? { etag: found.etag, value: found.value } : undefined;',
    replace: 'return undefined;',
    test: ledger,
    name: 'is known again as one’s own',
  },
  'another’s write is taken for one’s own': {
    file: 'adapters/storage/etag-row.ts',
    find: 'return found?.write === id ? { etag: found.etag, value: found.value } : undefined;',
    replace: 'return found;',
    test: ledger,
    name: 'inserts a request once',
  },
  'the clean-up removes a request whatever became of it meanwhile': {
    file: 'adapters/storage/requests/finished-requests.ts',
    find: 'await remove(row, row.etag)',
    replace: 'await remove(row)',
    test: 'adapters/storage/requests/finished-requests.test.ts',
    name: 'a finished request that is retried while it is being removed stays',
  },
  'requests are forgotten while their messages may wait': {
    file: 'config/config.ts',
    find: 'if (days < minimum) {',
    replace: 'if (days < 0) {',
    test: 'config/config.test.ts',
    name: 'requests that are forgotten while a copy',
  },
  'a delay is cut to an hour': {
    file: 'adapters/storage/queues.ts',
    find: 'const maxDelaySeconds = 7 * 86_400;',
    replace: 'const maxDelaySeconds = 3_600;',
    test: 'adapters/storage/queues.test.ts',
    name: 'a day',
  },
};
