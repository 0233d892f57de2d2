import type { ResultPublisher } from '../../meetings/ports';
import { isBatchId } from '../batch';
import type { BatchProgress } from '../ports';
import type { CountedRow } from './recount-row';

/**
 * Records the results of batch rows with their batch too. The queue comes first: once a batch has all its records, all
 * its results are on the queue, so the message about its end comes after them. If a row already had a result, the row
 * is counted again, even for the same result: an earlier delivery may have stopped before counting.
 */
export function recordingProgress(
  results: ResultPublisher,
  progress: Pick<BatchProgress, 'record'>,
  recount: (row: CountedRow) => Promise<void>,
): ResultPublisher {
  return {
    async publish(result) {
      await results.publish(result);
      const { batchId, index } = result;
      if (batchId !== undefined && index !== undefined && isBatchId(batchId))
        if (await progress.record(result)) await recount({ batchId, index });
    },
  };
}
