import { ApiError } from '../api';
import type { Command, Context } from '../context';
import type { MeetingResult } from '../../src/results/meeting-result';
import { summaryOf, type Status } from './batch';

interface RequestState {
  readonly requestId: string;
  readonly state: string;
  readonly attempts: number;
  readonly result: MeetingResult | null;
}

/** Shows the state of the request or batch with this id. */
export const status: Command<{ readonly id: string }> = async ({ id }, context) => {
  const path = encodeURIComponent(id);
  const request = await find<RequestState>(`/api/requests/${path}`, context);
  if (request !== undefined) return showRequest(request, context);
  const batch = await context.api.json<Status>(`/api/batches/${path}?wait=false`);
  context.output.json(batch);
  context.output.say(summaryOf(batch));
  return 0;
};

function showRequest(request: RequestState, { output }: Context): number {
  const { result, requestId, state, attempts } = request;
  output.json(request);
  if (result && state !== 'cancelled') output.result(result);
  else output.say(`… ${state} ${requestId}, attempts: ${attempts}`);
  return 0;
}

async function find<Found>(path: string, { api }: Context): Promise<Found | undefined> {
  try {
    return await api.json<Found>(path);
  } catch (thrown) {
    if (thrown instanceof ApiError && [400, 404].includes(thrown.status)) return undefined;
    throw thrown;
  }
}
