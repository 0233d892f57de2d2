import type { Command } from '../context';
import { summaryOf, type Status } from './batch';

/** Stops a batch: what has not begun is not made. */
export const cancel: Command<{ readonly id: string }> = async ({ id }, { api, output }) => {
  const batch = await api.json<Status>(`/api/batches/${encodeURIComponent(id)}`, {
    method: 'DELETE',
  });
  output.json(batch);
  output.say(summaryOf(batch));
  return 0;
};
