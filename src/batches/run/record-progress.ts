import type { ResultPublisher } from '../../meetings/ports';
import type { MeetingResult } from '../../results/meeting-result';
import { isBatchId } from '../batch';
import type { BatchProgress } from '../ports';

/**
 * Records the results of batch rows with their batch too. The queue comes first: once a batch has all its records, all
 * its results are on the queue, so the message about its end comes after them. If a row already had a result, the row
 * is counted again, even for the same result: an earlier delivery may have stopped before counting.
 */
export function recordingProgress(
  results: ResultPublisher,
  progress: Pick<BatchProgress, 'record'>,
  recount: (result: MeetingResult) => Promise<void>,
): ResultPublisher {
  return {
    async publish(result) {
      await results.publish(result);
      const { batchId, index } = result;
      if (batchId !== undefined && index !== undefined && isBatchId(batchId))
        if (await progress.record(result)) await recount(result);
    },
  };
}
