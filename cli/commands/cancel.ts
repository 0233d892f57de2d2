import type { MeetingResult } from '../../src/results/meeting-result';
import type { Command } from '../context';
import { resultLines } from '../output';
import { summaryOf, type Status } from './batch';

export interface CancelOptions {
  readonly id: string;
  /** The id is that of a batch. */
  readonly batch?: boolean;
}

/** Cancels the meeting of a request for good, or stops a batch: what has not begun is not made. */
export const cancel: Command<CancelOptions> = async ({ id, batch }, { api, output }) => {
  const call = { method: 'DELETE' } as const;
  if (batch === true) {
    const status = await api.json<Status>(`/api/batches/${encodeURIComponent(id)}`, call);
    output.json(status);
    output.say(summaryOf(status));
    return 0;
  }
  const result = await api.json<MeetingResult>(`/api/requests/${encodeURIComponent(id)}`, call);
  output.json(result);
  output.say(resultLines(result));
  return 0;
};
