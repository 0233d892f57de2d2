import type { Attempt, Position } from './attempt';
import { callGraph } from './run-attempt';
import type { StoredEntry } from './request-ledger';
import { MeetingError } from '../errors/meeting-error';

/** Margin for differences between the clocks of instances and storage, in milliseconds. */
const clockMarginMs = 3_600_000;

/**
 * Creates the meeting of a request that is not in the ledger. Refuses a message that is older than the retention time:
 * its request may have had its meeting and been removed since.
 */
export async function callGraphFirst(attempt: Attempt, stored: StoredEntry): Promise<Position> {
  const { metadata, deps } = attempt;
  const { clock, retentionMs = Infinity } = deps;
  const ageMs = clock.now().getTime() - Date.parse(metadata.acceptedDateTime);
  if (ageMs < retentionMs - clockMarginMs) return callGraph(attempt, stored);
  return { stored, step: { kind: 'broke', error: mayBeForgotten(), isLastAttempt: true } };
}

const mayBeForgotten = (): MeetingError =>
  new MeetingError(
    'outcomeUnknown',
    'The request is older than the retention time, so it is unknown whether it was carried out before.',
    { executed: 'unknown' },
  );
