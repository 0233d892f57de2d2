import type { Safeguards } from './safeguard';

const protocol = 'meetings/changes/protocol.test.ts';

/** Safeguards of changes: recorded first, one at a time, in order, and final when they cancel. */
export const ofChanges: Safeguards = {
  'a change is not written down before Graph is called': {
    file: 'meetings/changes/change-meeting.ts',
    find: 'const claimed = await deps.ledger.replace(stored.etag, claim);',
    replace: 'const claimed = await Promise.resolve({ etag: stored.etag });',
    test: protocol,
    name: 'a caller who changes, beside a change',
  },
  'a change does not wait for the lease of another': {
    file: 'meetings/changes/decide-change.ts',
    find: "if (now < pending.leaseUntil) return { kind: 'wait', until: pending.leaseUntil };",
    replace: '',
    test: protocol,
    name: 'two changes at once',
  },
  'what another left behind is not finished first': {
    file: 'meetings/changes/decide-change.ts',
    find: "if (!overtakes) return { kind: 'claim', pending };",
    replace: '',
    test: protocol,
    name: 'two changes in every order',
  },
  'a lower revision is made after a higher one': {
    file: 'meetings/changes/decide-change.ts',
    find: "if (change.revision < current) return { kind: 'superseded' };",
    replace: '',
    test: protocol,
    name: 'two changes in every order',
  },
  'how a change ended is not recorded with the row': {
    file: 'meetings/changes/end-change.ts',
    find: 'const written = await ledger.replaceWithChange(stored.etag, next, ended);',
    replace: 'const written = await ledger.replace(stored.etag, next);',
    test: protocol,
    name: 'an old change again',
  },
  'a cancel is not final': {
    file: 'meetings/changes/change-row.ts',
    find: 'return { ...others, revision, isCancelled: true };',
    replace: 'return { ...others, revision };',
    test: protocol,
    name: 'every order, one switch',
  },
  'a create does not see that it was cancelled': {
    file: 'meetings/ledger.ts',
    find: 'if (entry.isCancelled === true && !isRepeat(entry, event))',
    replace: 'if (entry.isCancelled === undefined && entry.isCancelled)',
    test: protocol,
    name: 'every order, one switch',
  },
  'a create of the same second is taken for a copy of the upsert': {
    file: 'meetings/ledger.ts',
    find: 'event.begunBy === entry.begunBy &&',
    replace: '',
    test: 'meetings/ledger.test.ts',
    name: 'a create of the same second',
  },
  'a change that broke off is taken out of the row': {
    file: 'meetings/changes/change-row.ts',
    find: "return executed === 'unknown' || pending.mayHaveEffect === true\n    ? { ...others, pending: {",
    replace: "return executed === 'never'\n    ? { ...others, pending: {",
    test: 'meetings/changes/change-meeting.test.ts',
    name: 'that broke off is finished by the next one',
  },
  'a meeting that was made while its request was cancelled stays': {
    file: 'meetings/create/run-attempt.ts',
    find: "if (step.kind === 'made') await withdrawMeeting(attempt, step.made);",
    replace: '',
    test: 'meetings/changes/change-meeting.test.ts',
    name: 'made while it was cancelled is taken away',
  },
  'a change that another row began gives no result to the row that ends it': {
    file: 'meetings/changes/end-change.ts',
    find: 'key === change.key && addressedTo(metadata, result) === result;',
    replace: 'key === change.key;',
    test: protocol,
    name: 'one change in two batches',
  },
  'only the last try of a call says whether it may have had an effect': {
    file: 'meetings/calls/retry.ts',
    find: "if (latest.executed === 'unknown') executed = 'unknown';",
    replace: 'executed = latest.executed;',
    test: 'meetings/calls/retry.test.ts',
    name: 'says whether any try may have had an effect',
  },
  'a change calls Graph after its lease has ended': {
    file: 'meetings/changes/apply-change.ts',
    find: 'const deadline = pending.leaseUntil - recordingMs - deps.callTimeoutMs;',
    replace: 'const deadline = pending.leaseUntil * recordingMs;',
    test: protocol,
    name: 'two changes in every order',
  },
};
