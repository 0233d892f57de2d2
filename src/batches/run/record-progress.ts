import type { ResultPublisher } from '../../meetings/ports';
import type { MeetingResult } from '../../results/meeting-result';
import { isBatchId } from '../batch';
import type { BatchProgress } from '../ports';

/**
 * Results of batch rows are recorded with their batch too. First the queue, then the record: once a batch has all its
 * records, all its results are on the queue, and the message that it has finished comes after them. A row that had a result
 * before is counted anew, also when its result comes once more: the first time may have broken off before that.
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
