import type { MeetingResult } from '../../src/results/meeting-result';
import type { Command } from '../context';
import { summaryOf, type Status } from './batch';

interface CancelOptions {
  readonly id: string;
  /** Whether the id is a batch id. */
  readonly batch?: boolean;
  /** Cancel the meetings that the batch has made. */
  readonly meetings?: boolean;
  /** Message to the invited people. */
  readonly comment?: string;
}

/** Cancels the meeting of a request for good, stops a batch, or cancels what it has made. */
export const cancel: Command<CancelOptions> = async (options, { api, output }) => {
  const { id, batch = false, meetings = false, comment } = options;
  const isBatch = batch || meetings;
  const query = new URLSearchParams({
    ...(meetings && { meetings: 'true' }),
    ...(comment !== undefined && { comment }),
  });
  const path = `/api/${isBatch ? 'batches' : 'requests'}/${encodeURIComponent(id)}?${query.toString()}`;
  const answer = await api.json<Status & MeetingResult>(path, { method: 'DELETE' });
  output.json(answer);
  if (isBatch) output.say(summaryOf(answer));
  else output.result(answer);
  return 0;
};
