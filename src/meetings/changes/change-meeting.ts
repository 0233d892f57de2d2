import { applyChange } from './apply-change';
import { toChange, type ChangeRequest } from '../change';
import { look, type ChangeAttempt, type ChangePosition } from './change-attempt';
import { claimedChange, type ClaimedEntry } from './change-row';
import { create, finishCreate } from './create-first';
import { decideChange, type NewPending } from './decide-change';
import { endWithoutTrace, finish, recordWithoutCall, refuseRow, release } from './end-change';
import { firstPollMs, leaseUntil, maxWaitMs, stillInProgress } from '../attempt';
import type { MeetingDependencies } from '../dependencies';
import type { Outcome } from '../outcome';
import { replayOutcome } from '../create/publish-outcome';
import { toMeetingError, type MeetingError } from '../../errors/meeting-error';
import type { MessageMetadata } from '../../requests/message-metadata';

/**
 * Makes one change of a request and publishes its result, continuing any earlier attempt. Order: record the change as
 * pending, call Graph, record the end with the request's row in one transaction, publish.
 * @throws MeetingError if the change has not ended and may be sent again (`retryable`), or there is no request to
 * change; then nothing is published.
 */
export async function changeMeeting(
  request: ChangeRequest,
  metadata: MessageMetadata,
  deps: MeetingDependencies,
): Promise<Outcome> {
  const attempt = { change: toChange(request, metadata), metadata, deps };
  return runChange(attempt, await look(attempt));
}

/** Asks `decideChange` what to do, does it, and asks again, until the change or this attempt has ended. */
async function runChange(attempt: ChangeAttempt, start: ChangePosition): Promise<Outcome> {
  const { change } = attempt;
  const { clock } = attempt.deps;
  const now = (): number => clock.now().getTime();
  const waitUntil = now() + maxWaitMs;
  let pollMs = firstPollMs;
  for (let position = start; ;) {
    const { stored, ended, objections, event } = position;
    const known = { change, entry: stored?.entry, ended, objections };
    const decision = decideChange(known, event, now());
    let outcome: Outcome | undefined;
    switch (decision.kind) {
      case 'replay':
        return replayOutcome(attempt, decision.result);
      case 'refuseRow':
        return refuseRow(attempt, stored);
      case 'end':
        return endWithoutTrace(attempt, stored, decision);
      case 'refuse':
        if (mayChange(decision.error)) throw decision.error;
        outcome = await recordWithoutCall(attempt, stored, decision);
        break;
      case 'release':
        await release(attempt, stored, decision.error);
        throw decision.error;
      case 'claim':
        position = await claimAndCall(attempt, position, decision.pending);
        continue;
      case 'wait':
        if (now() >= waitUntil) throw stillInProgress(decision.until - now());
        await clock.sleep(pollMs);
        pollMs *= 2;
        break;
      case 'create':
        outcome = await create(attempt, stored);
        break;
      case 'finishCreate':
        outcome = await finishCreate(attempt, stored);
        break;
      case 'unchanged':
      case 'superseded':
      case 'cancelUnmade':
        outcome = await recordWithoutCall(attempt, stored, decision);
        break;
      case 'finish':
      case 'fail':
        outcome = await finish(attempt, position, decision);
    }
    if (outcome !== undefined) return outcome;
    position = await look(attempt);
    if (decision.kind === 'finishCreate')
      position = { ...position, event: { kind: 'arrived', createTried: true } };
  }
}

/** Whether the change may succeed later: a queue does not preserve order, so the request may arrive after its change. */
const mayChange = ({ code, retryable }: MeetingError): boolean =>
  retryable || code === 'requestNotFound';

/** Records that there is nothing to change; undefined if there is by now. */
export async function refuseUnknown(
  request: ChangeRequest,
  metadata: MessageMetadata,
  deps: MeetingDependencies,
): Promise<Outcome | undefined> {
  const attempt = { change: toChange(request, metadata), metadata, deps };
  const { stored, ended, objections, event } = await look(attempt);
  const known = { change: attempt.change, entry: stored?.entry, ended, objections };
  const decision = decideChange(known, event, deps.clock.now().getTime());
  return decision.kind === 'refuse' && decision.error.code === 'requestNotFound'
    ? recordWithoutCall(attempt, stored, decision)
    : undefined;
}

/** Records the change as pending, so that it survives this attempt, and makes it in Graph. */
async function claimAndCall(
  attempt: ChangeAttempt,
  position: ChangePosition,
  next: NewPending,
): Promise<ChangePosition> {
  const { deps, metadata } = attempt;
  const { stored } = position;
  if (stored === undefined) return look(attempt);
  const claim = claimedChange(stored.entry, next, { metadata, leaseUntil: leaseUntil(deps) });
  const claimed = await deps.ledger.replace(stored.etag, claim);
  if (claimed === undefined) return look(attempt);
  const held = { ...position, stored: { etag: claimed.etag, entry: claim } };
  try {
    const applied = await applyChange(claim, deps);
    return { ...held, applied, event: { kind: 'applied', changed: applied.changed } };
  } catch (thrown) {
    const error = toMeetingError(thrown);
    const isLastAttempt = isLast(attempt, claim);
    return { ...held, event: { kind: 'broke', error, isLastAttempt } };
  }
}

/** Whether this is the last attempt at the pending change, because its caller says so or because it is too old. */
const isLast = ({ change, metadata, deps }: ChangeAttempt, { pending }: ClaimedEntry): boolean =>
  (metadata.isLastAttempt === true && pending.key === change.key) ||
  deps.clock.now().getTime() - Date.parse(pending.metadata.acceptedDateTime) > deps.maxAgeMs;
