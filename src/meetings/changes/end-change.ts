import type { ChangeAttempt, ChangePosition } from './change-attempt';
import { failedChange, madeChange, uncalledResult } from './change-result';
import { releasedChange, type ClaimedEntry } from './change-row';
import type { ChangeDecision } from './decide-change';
import type { Outcome } from '../outcome';
import type { LedgerEntry } from '../ledger';
import type { EndedChange, StoredEntry } from '../request-ledger';
import { addressedTo, publishOutcome } from '../create/publish-outcome';
import { publishCancelled } from '../create/refuse-cancelled';
import type { MeetingError } from '../../errors/meeting-error';
import type { MeetingResult } from '../../results/meeting-result';

type Decided<Kind> = Extract<ChangeDecision, { readonly kind: Kind }>;

/** Records and publishes the end of the pending change; undefined if this attempt's own change still has to be made. */
export async function finish(
  attempt: ChangeAttempt,
  { stored, applied }: ChangePosition,
  decision: Decided<'finish' | 'fail'>,
): Promise<Outcome | undefined> {
  const claim = claimIn(stored);
  if (stored === undefined || claim === undefined) return undefined;
  const { ledger, clock } = attempt.deps;
  const now = clock.now();
  const { next, ended } =
    decision.kind === 'fail'
      ? failedChange(claim, decision.error, now)
      : madeChange(claim, { status: decision.status, applied: applied ?? noMeeting, now });
  const written = await ledger.replaceWithChange(stored.etag, next, ended);
  if (written === undefined) return undefined;
  const outcome = await publishOutcome(ended.result, attempt.deps);
  return isResultOf(attempt, ended) ? outcome : undefined;
}

/** The same change may have begun for a row of another batch; then this attempt's own row still needs its result. */
const isResultOf = ({ change, metadata }: ChangeAttempt, { key, result }: EndedChange): boolean =>
  key === change.key && addressedTo(metadata, result) === result;

const noMeeting = { meeting: null, notApplied: [] };

/** Leaves the pending change to another attempt. */
export async function release(
  { deps }: ChangeAttempt,
  stored: StoredEntry | undefined,
  error: MeetingError,
): Promise<void> {
  const claim = claimIn(stored);
  if (stored === undefined || claim === undefined) return;
  await deps.ledger.replace(stored.etag, releasedChange(claim, error));
}

function claimIn(stored: StoredEntry | undefined): ClaimedEntry | undefined {
  const { entry } = stored ?? {};
  return entry?.pending === undefined ? undefined : { ...entry, pending: entry.pending };
}

/** Ends a change without recording it: every later delivery would end the same way. */
export const endWithoutTrace = (
  attempt: ChangeAttempt,
  stored: StoredEntry | undefined,
  end: Decided<'end'>,
): Promise<Outcome> => publishOutcome(resultWithoutCall(attempt, stored?.entry, end), attempt.deps);

/** Records a change for which Graph is not called; undefined if another attempt wrote first. */
export async function recordWithoutCall(
  attempt: ChangeAttempt,
  stored: StoredEntry | undefined,
  decision: Decided<'unchanged' | 'superseded' | 'cancelUnmade' | 'refuse'>,
): Promise<Outcome | undefined> {
  const { ledger } = attempt.deps;
  const { key, revision, request } = attempt.change;
  const { kind } = decision;
  const end = { status: statusAfter[kind], ...(kind === 'refuse' && { error: decision.error }) };
  const result = resultWithoutCall(attempt, stored?.entry, end);
  if (stored === undefined) {
    const { inserted } = await ledger.begin(neverBegun(attempt, result, kind));
    return inserted ? publishOutcome(result, attempt.deps) : undefined;
  }
  const { entry, etag } = stored;
  const next = {
    refuse: entry,
    superseded: entry,
    unchanged: { ...entry, revision },
    cancelUnmade: cancelled(entry, revision, result),
  };
  const action = request.action === 'cancel' ? 'cancel' : 'update';
  const written = await ledger.replaceWithChange(etag, next[kind], { key, action, result });
  return written === undefined ? undefined : publishOutcome(result, attempt.deps);
}

const statusAfter = {
  unchanged: 'unchanged',
  superseded: 'superseded',
  cancelUnmade: 'cancelled',
  refuse: 'failed',
} as const;

/** Cancels a request whose meeting was never made. Keeps its recorded result. */
function cancelled(entry: LedgerEntry, revision: number, result: MeetingResult): LedgerEntry {
  const { progress } = entry;
  return {
    ...entry,
    revision,
    isCancelled: true,
    progress: progress.state === 'finished' ? progress : { state: 'finished', result },
  };
}

/** The row of a request that has not arrived yet: it was cancelled in advance, or had nothing to change. */
const neverBegun = (
  { change: { key, request, revision }, metadata }: ChangeAttempt,
  result: MeetingResult,
  kind: keyof typeof statusAfter,
): LedgerEntry => ({
  requestId: request.requestId,
  fingerprint: {
    organizer: request.organizer,
    subject: null,
    startDateTime: null,
    endDateTime: null,
    externalId: null,
  },
  plan: 'ensure',
  attempts: 0,
  acceptedDateTime: metadata.acceptedDateTime,
  progress: { state: 'finished', result },
  ...(kind === 'cancelUnmade' ? { revision, isCancelled: true } : { begunBy: key }),
});

const resultWithoutCall = (
  { change, metadata, deps }: ChangeAttempt,
  entry: LedgerEntry | undefined,
  end: Parameters<typeof uncalledResult>[1],
): MeetingResult => uncalledResult(entry, end, { change, metadata, now: deps.clock.now() });

/** Publishes again that a row was refused because its batch was cancelled. */
export async function refuseRow(
  { change, metadata, deps }: ChangeAttempt,
  stored: StoredEntry | undefined,
): Promise<Outcome> {
  const row = { request: change.request, metadata: { ...metadata, batchId: change.rowOf ?? '' } };
  return { result: await publishCancelled(row, stored?.entry, deps), repeated: true };
}
