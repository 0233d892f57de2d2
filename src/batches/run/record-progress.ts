import type { ResultPublisher } from '../../meetings/ports';
import { isBatchId } from '../batch';
import type { BatchProgress } from '../ports';

/**
 * Results of batch rows are recorded with their batch too. First the queue, then the record: once a batch has all its
 * records, all its results are on the queue, and the message that it has finished comes after them.
 */
export function recordingProgress(
  results: ResultPublisher,
  progress: Pick<BatchProgress, 'record'>,
): ResultPublisher {
  return {
    async publish(result) {
      await results.publish(result);
      const { batchId, index } = result;
      if (batchId !== undefined && index !== undefined && isBatchId(batchId))
        await progress.record(result);
    },
  };
}
