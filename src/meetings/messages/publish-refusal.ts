import { revisionOfInput } from '../changes/queued-change';
import type { MeetingDependencies } from '../dependencies';
import { toErrorBody, type MeetingError } from '../../errors/meeting-error';
import type { QueuedRequest } from '../../requests/parse/queue-message';
import { givenOrganizer } from '../../results/given-organizer';
import { makeResult } from '../../results/make-result';

/** Publishes the failed result of a request that is invalid or whose id belongs to another one. Leaves the ledger unchanged. */
export async function publishRefusal(
  queued: QueuedRequest,
  error: MeetingError,
  { clock, results, log }: Pick<MeetingDependencies, 'clock' | 'results' | 'log'>,
): Promise<void> {
  const { requestId, input, metadata } = queued;
  const organizer = givenOrganizer(input);
  const result = makeResult(
    { requestId, organizer, revision: revisionOfInput(queued), metadata },
    {
      status: error.executed === 'unknown' ? 'unknown' : 'failed',
      error: toErrorBody(error),
      attempts: metadata.attempts + 1,
      completedDateTime: clock.now().toISOString(),
    },
  );
  await results.publish(result);
  log.warn('request.refused', { requestId, code: error.code, problems: error.details?.length });
}
