import { UsageError } from '../../local/command-line';
import type { MeetingResult } from '../../src/results/meeting-result';
import type { Command, Context } from '../context';
import { codeOfResults, exitCodes } from '../exit-codes';
import { follow, rowsOf, showRows, summaryOf, type Row, type Status } from '../followed-batch';

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
export const cancel: Command<CancelOptions> = (options, context) => {
  const { batch = false, meetings = false, comment } = options;
  if (meetings) return cancelMeetings(options, context);
  if (!batch) return cancelRequest(options, context);
  if (comment === undefined) return stopBatch(options, context);
  throw new UsageError('--comment cannot be combined with --batch, which keeps all meetings.');
};

async function cancelRequest({ id, comment }: CancelOptions, context: Context): Promise<number> {
  const { api, output } = context;
  const result = await api.json<MeetingResult>(
    `/api/requests/${encodeURIComponent(id)}${queryOf({ comment })}`,
    { method: 'DELETE' },
  );
  output.json(result);
  output.result(result);
  return codeOfResults([result]);
}

/** Waits until the rows that had started have ended. Whether those failed is not the question here. */
async function stopBatch({ id }: CancelOptions, context: Context): Promise<number> {
  const status = await follow(await deleteBatch(id, '', context), context);
  context.output.json(status);
  context.output.say(summaryOf(status));
  return exitCodes.done;
}

/** Waits until it has been tried for every meeting, and shows a line for each. */
async function cancelMeetings({ id, comment }: CancelOptions, context: Context): Promise<number> {
  const query = queryOf({ meetings: 'true', comment });
  const status = await follow(await deleteBatch(id, query, context), context);
  const rows = await rowsOf(status, context);
  const tried = rows.filter((row) => isOfUndo(row, status));
  showRows(status, tried, context);
  return codeOfResults(tried);
}

const isOfUndo = (row: Row, { pass }: Status): boolean =>
  pass?.kind === 'undo' && row.pass === pass.number;

const deleteBatch = (id: string, query: string, { api }: Context): Promise<Status> =>
  api.json(`/api/batches/${encodeURIComponent(id)}${query}`, { method: 'DELETE' });

function queryOf(values: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(values).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
