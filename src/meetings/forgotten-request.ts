import { callGraph, type Attempt, type Position } from './attempt';
import type { StoredEntry } from './ports';
import { MeetingError } from '../errors/meeting-error';

/** The clocks of instances and of storage differ; in milliseconds, with much room to spare. */
const clockMarginMs = 3_600_000;

/**
 * Creates the meeting of a request that the ledger did not know. A message that is older than what the ledger keeps makes
 * nothing: its request may have been forgotten, and then had its meeting already.
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
