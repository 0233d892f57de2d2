import {
  arrived,
  firstPollMs,
  leaseUntil,
  maxWaitMs,
  newEntry,
  organizerColumns,
  stillInProgress,
  type Attempt,
  type Position,
} from '../attempt';
import { callGraph } from './call-graph';
import { claimed, decide, released, withoutCancellation } from '../ledger';
import type { Outcome } from '../outcome';
import { recordOutcome, refuseCancelledRequest } from './record-outcome';
import { logOtherMeeting, replayOutcome } from './publish-outcome';
import type { StoredEntry } from '../request-ledger';
import { withdrawMeeting } from './withdraw-meeting';

/**
 * Asks `decide` what to do with the request's row, does it, and asks again, until the request or this attempt has ended.
 * A crash anywhere means doing a step twice, never skipping one.
 */
export async function runAttempt(attempt: Attempt, start: Position): Promise<Outcome> {
  const { clock } = attempt.deps;
  const now = (): number => clock.now().getTime();
  const waitUntil = now() + maxWaitMs;
  let pollMs = firstPollMs;
  for (let position = start; ;) {
    const { stored, step } = position;
    const decision = decide(stored.entry, step, now());
    switch (decision.kind) {
      case 'replay':
        if (step.kind === 'made') logOtherMeeting(step.made, decision.result, attempt.deps.log);
        return replayOutcome(attempt, decision.result);
      case 'wait':
        if (now() >= waitUntil) throw stillInProgress(decision.until - now());
        await clock.sleep(pollMs);
        pollMs *= 2;
        position = await startAgain(attempt);
        break;
      case 'refuseCancelled':
        return refuseCancelledRequest(attempt, stored.entry);
      case 'withdraw':
        if (step.kind === 'made') await withdrawMeeting(attempt, step.made);
        position = await startAgain(attempt);
        break;
      case 'work':
        position = await claimAndCall(attempt, stored);
        break;
      case 'release':
        await attempt.deps.ledger.replace(stored.etag, released(stored.entry, decision.error));
        throw decision.error;
      case 'finish': {
        const outcome = await recordOutcome(attempt, position, decision);
        if (outcome !== undefined) return outcome;
        // Another attempt has changed the row. If this one created a meeting, that is kept.
        position = { ...(await startAgain(attempt)), ...(step.kind === 'made' && { step }) };
      }
    }
  }
}

/** Reads the row again; if the clean-up has removed it, the request starts again. */
async function startAgain(attempt: Attempt): Promise<Position> {
  const { ledger } = attempt.deps;
  const stored =
    (await ledger.read(attempt.request.requestId)) ??
    (await ledger.begin({ ...newEntry(attempt), progress: { state: 'waiting' } }));
  return { stored, step: arrived(attempt) };
}

async function claimAndCall(attempt: Attempt, { etag, entry }: StoredEntry): Promise<Position> {
  const { organizer, metadata, deps } = attempt;
  const claim = claimed(withoutCancellation(entry, metadata.batchId), {
    leaseUntil: leaseUntil(deps),
    ...organizerColumns(organizer),
  });
  const stored = await deps.ledger.replace(etag, claim);
  return stored === undefined ? startAgain(attempt) : callGraph(attempt, stored);
}
