import type { Change } from './app-variant';

/** A change to a source file below `src` that takes one safeguard away, and the test that has to notice. */
export interface Safeguard extends Change {
  /** Below `test`. */
  readonly test: string;
  /** Part of its name. */
  readonly name: string;
}

const changes = 'meetings/changes/protocol.test.ts';
const calendar = 'meetings/calendar/protocol.test.ts';
const batches = 'batches/batch-protocol.test.ts';
const pools = 'meetings/pools/protocol.test.ts';

/** Of changes: written down, one at a time, in order, recorded at once, and final when they cancel. */
const ofChanges: Readonly<Record<string, Safeguard>> = {
  'a change is not written down before Graph is called': {
    file: 'meetings/changes/change-meeting.ts',
    find: 'const claimed = await deps.ledger.replace(stored.etag, claim);',
    replace: 'const claimed = await Promise.resolve({ etag: stored.etag });',
    test: changes,
    name: 'a caller who changes, beside a change',
  },
  'a change does not wait for the lease of another': {
    file: 'meetings/changes/decide-change.ts',
    find: "if (now < pending.leaseUntil) return { kind: 'wait', until: pending.leaseUntil };",
    replace: '',
    test: changes,
    name: 'two changes at once',
  },
  'what another left behind is not finished first': {
    file: 'meetings/changes/decide-change.ts',
    find: "if (!overtakes) return { kind: 'claim', pending };",
    replace: '',
    test: changes,
    name: 'two changes in every order',
  },
  'a lower revision is made after a higher one': {
    file: 'meetings/changes/decide-change.ts',
    find: "if (change.revision < current) return { kind: 'superseded' };",
    replace: '',
    test: changes,
    name: 'two changes in every order',
  },
  'how a change ended is not recorded with the row': {
    file: 'meetings/changes/end-change.ts',
    find: 'const written = await ledger.replaceWithChange(stored.etag, next, ended);',
    replace: 'const written = await ledger.replace(stored.etag, next);',
    test: changes,
    name: 'an old change again',
  },
  'a cancel is not final': {
    file: 'meetings/changes/change-row.ts',
    find: 'return { ...others, revision, isCancelled: true };',
    replace: 'return { ...others, revision };',
    test: changes,
    name: 'every order, one switch',
  },
  'a create does not see that it was cancelled': {
    file: 'meetings/ledger.ts',
    find: 'if (entry.isCancelled === true && !isRepeat(entry, event))',
    replace: 'if (entry.isCancelled === undefined && entry.isCancelled)',
    test: changes,
    name: 'every order, one switch',
  },
  'a change that broke off is taken out of the row': {
    file: 'meetings/changes/change-row.ts',
    find: "return executed === 'unknown' || pending.mayHaveEffect === true\n    ? { ...others, pending: {",
    replace: "return executed === 'never'\n    ? { ...others, pending: {",
    test: 'meetings/changes/change-meeting.test.ts',
    name: 'that broke off is finished by the next one',
  },
  'a meeting that was made while its request was cancelled stays': {
    file: 'meetings/attempt.ts',
    find: 'await withdraw(attempt, step);',
    replace: '',
    test: 'meetings/changes/change-meeting.test.ts',
    name: 'made while it was cancelled is taken away',
  },
  'a change calls Graph after its lease has ended': {
    file: 'meetings/changes/call-graph.ts',
    find: 'const deadline = pending.leaseUntil - recordingMs - deps.callTimeoutMs;',
    replace: 'const deadline = pending.leaseUntil * recordingMs;',
    test: changes,
    name: 'two changes in every order',
  },
};

/** Of meetings in calendars: one key, each step recorded, options before invitations. */
const ofCalendars: Readonly<Record<string, Safeguard>> = {
  'every attempt has a key of its own in Exchange': {
    file: 'meetings/calendar/recorded-event.ts',
    find: '`event ${number} of ${requestId}`',
    replace: '`event ${number} of ${requestId} ${Math.random()}`',
    test: calendar,
    name: 'the event is made',
  },
  'what may be there is not looked for': {
    file: 'meetings/calendar/ensure-event.ts',
    find: 'planned.mayHaveMeeting ? await find() : undefined',
    replace: 'undefined',
    test: 'meetings/calendar/calendar.test.ts',
    name: 'Exchange has forgotten the key',
  },
  'the event is not recorded before its invitations': {
    file: 'meetings/calendar/ensure-event.ts',
    find: 'await work.record(toRecord(event, next));',
    replace: '',
    test: 'meetings/calendar/calendar.test.ts',
    name: 'the event is in the ledger before anybody is invited',
  },
  'people are invited before the options are set': {
    file: 'meetings/calendar/make-event.ts',
    find: 'return await inviteTo(work, linked, await setOptionsOf(work, meeting));',
    replace:
      'await invite(work, linked); return await inviteTo(work, linked, await setOptionsOf(work, meeting));',
    test: calendar,
    name: 'the event is made',
  },
  'an attempt that has lost its row invites people': {
    file: 'meetings/attempt.ts',
    find: 'if (next === undefined) throw stillInProgress(0);',
    replace: 'if (next === undefined) return;',
    test: 'meetings/calendar/calendar.test.ts',
    name: 'an attempt that has lost its row invites nobody',
  },
};

/** Of the clean-up, and of what goes over batches that have ended. */
const ofBatches: Readonly<Record<string, Safeguard>> = {
  'a retry begins while its batch is being removed': {
    file: 'batches/run/start-pass.ts',
    find: 'if (batch.isBeingRemoved === true) throw batchNotFound();',
    replace: '',
    test: batches,
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
    test: batches,
    name: 'beside a retry',
  },
  'a message that is older than the ledger makes its meeting': {
    file: 'meetings/forgotten-request.ts',
    find: 'if (ageMs < retentionMs - clockMarginMs) return',
    replace: 'if (ageMs < Infinity) return',
    test: batches,
    name: 'beside late copies of its messages',
  },
  'an undo says cancelled of a request that was forgotten': {
    file: 'meetings/changes/decide-change.ts',
    find: 'return change.isOfPass && entry === undefined',
    replace: 'return change.isOfPass && entry !== undefined',
    test: batches,
    name: 'beside an undo',
  },
  'rows are tried again before their results are marked as out of date': {
    file: 'batches/run/send-pass.ts',
    find: 'if (indexes.length > 0) await deps.progress.reopen(batchId, chunk, { pass, indexes });',
    replace: '',
    test: batches,
    name: 'after a undo',
  },
  'a second pass begins while one runs': {
    file: 'batches/run/start-pass.ts',
    find: 'if (!hasEnded(batch)) return goOn(batch, request, deps);',
    replace: '',
    test: batches,
    name: 'after a undo',
  },
  'a pass is not listed before it begins': {
    file: 'batches/run/start-pass.ts',
    find: 'await deps.index.addActive(activeEntryOf(next), next.movedDateTime);',
    replace: '',
    test: 'batches/run/resume-stalled-batches.test.ts',
    name: 'goes on with a pass',
  },
  'a retry that may make a second meeting needs no confirmation': {
    file: 'meetings/retry-request.ts',
    find: 'if (needsConfirmation(stored) && !confirmed) throw confirmationNeeded();',
    replace: '',
    test: 'meetings/retry-request.test.ts',
    name: 'needs a confirmation',
  },
};

/** Of pools: chosen once, written down and counted before Graph is called. */
const ofPools: Readonly<Record<string, Safeguard>> = {
  'the organizer is not in the ledger when Graph is called': {
    file: 'meetings/attempt.ts',
    find: '...organizerColumns(organizer),\n    plan:',
    replace: 'plan:',
    test: pools,
    name: 'two instances choose at once',
  },
  'each attempt asks Graph for whom it has chosen itself': {
    file: 'meetings/attempt.ts',
    find: 'stored.entry.organizerId ?? idOf(organizer)',
    replace: 'idOf(organizer)',
    test: pools,
    name: 'an attempt breaks off',
  },
  'who is chosen later takes the place of who was chosen first': {
    file: 'meetings/ledger.ts',
    find: '...(entry.organizerId === undefined && organizer),',
    replace: '...organizer,',
    test: pools,
    name: 'an attempt breaks off',
  },
  'an upsert chooses again for a request that failed': {
    file: 'meetings/changes/create-first.ts',
    find: 'chosenBefore(request, stored) ??',
    replace: '',
    test: 'meetings/pools/pools.test.ts',
    name: 'a request that failed keeps its organizer',
  },
  'a meeting is not counted before Graph is called': {
    file: 'meetings/attempt.ts',
    find: 'await countMeeting(stored.entry, deps);',
    replace: '',
    test: pools,
    name: 'an attempt breaks off',
  },
  'a repeated request counts again': {
    file: 'adapters/storage/requests/organizer-counts.ts',
    find: "...keys.map((rowKey): TransactionAction => ['create', { partitionKey, rowKey }]),",
    replace: '',
    test: 'adapters/storage/requests/organizer-counts.test.ts',
    name: 'once',
  },
  'who has all the meetings of a month is chosen': {
    file: 'meetings/pools/choose-organizer.ts',
    find: 'if (meetings < limit)',
    replace: 'if (limit > 0)',
    test: pools,
    name: 'the next one once they are full',
  },
};

/** Each takes one safeguard away. A test that does not notice proves nothing. */
export const safeguards: Readonly<Record<string, Safeguard>> = {
  ...ofChanges,
  ...ofCalendars,
  ...ofBatches,
  ...ofPools,
};
