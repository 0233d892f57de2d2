import { ApiError } from '../api';
import type { Command, Context } from '../context';
import { codeOfBatch, codeOfResults, exitCodes } from '../exit-codes';
import { summaryOf, type Status } from '../followed-batch';
import type { MeetingResult } from '../../src/results/meeting-result';
import { describeValue } from '../../src/errors/problems';

interface RequestState {
  readonly requestId: string;
  readonly state: string;
  readonly attempts: number;
  readonly result: MeetingResult | null;
}

/** Shows the state of the request or batch with this id; the exit code tells it to scripts. */
export const status: Command<{ readonly id: string }> = async ({ id }, context) => {
  const path = encodeURIComponent(id);
  const request = await find<RequestState>(`/api/requests/${path}`, context);
  if (request !== undefined) return showRequest(request, context);
  const batch = await find<Status>(`/api/batches/${path}?wait=false`, context);
  if (batch === undefined) throw unknownId(id);
  context.output.json(batch);
  context.output.say(summaryOf(batch));
  return codeOfBatch(batch);
};

const unknownId = (id: string): ApiError =>
  new ApiError(404, {
    message: `There is neither a request nor a batch with the id ${describeValue(id)}.`,
    remedy: 'Check the id. Finished ones are removed after the retention period.',
  });

function showRequest(request: RequestState, { output }: Context): number {
  const { result, requestId, state, attempts } = request;
  output.json(request);
  if (state === 'cancelled') {
    output.say(`✓ cancelled ${requestId}`);
    return exitCodes.done;
  }
  if (result === null) {
    output.say(`… ${state} ${requestId}, attempts: ${attempts}`);
    return exitCodes.pending;
  }
  output.result(result);
  return codeOfResults([result]);
}

async function find<Found>(path: string, { api }: Context): Promise<Found | undefined> {
  try {
    return await api.json<Found>(path);
  } catch (thrown) {
    if (thrown instanceof ApiError && [400, 404].includes(thrown.status)) return undefined;
    throw thrown;
  }
}
