import { setTimeout as sleep } from 'node:timers/promises';
import { noOutcomes } from '../src/batches/batch';
import type { BatchStatus } from '../src/batches/results/batch-status';
import { previewOutcomes, type MeetingResult } from '../src/results/meeting-result';
import { wouldBe } from '../src/results/preview-words';
import type { Context } from './context';
import { bar, endOf, remarkOf, table } from './output';

/** A batch's status, with the addresses to ask for more. */
export type Status = BatchStatus & { readonly statusUrl: string; readonly resultsUrl: string };
/** The result of a row; `row` as the sheet or list counts. */
export type Row = MeetingResult & { readonly row?: number };

const pollEveryMs = 1_000;

/** Polls until the batch has ended, and shows the progress. */
export async function follow({ statusUrl }: Status, { api, output }: Context): Promise<Status> {
  const url = new URL(statusUrl);
  url.searchParams.set('wait', 'false');
  for (;;) {
    const status = await api.json<Status>(url.href);
    const { total, pending } = status.counts;
    output.progress(bar(total - pending, total));
    if (status.completedDateTime !== null) {
      output.progress('');
      return status;
    }
    await sleep(pollEveryMs);
  }
}

/** All rows of a batch, in order. */
export async function rowsOf({ resultsUrl }: Status, { api }: Context): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let next: string | undefined = `${resultsUrl}?top=1000`;
  while (next !== undefined) {
    const page: { value: Row[]; nextLink?: string } = await api.json(next);
    rows.push(...page.value);
    next = page.nextLink;
  }
  return rows;
}

/** Shows a line for each of these rows, and the numbers of the whole batch. */
export function showRows(status: Status, rows: readonly Row[], { output }: Context): void {
  output.json({ ...status, results: rows });
  output.say(
    table(
      ['row', 'requestId', 'status', 'link or problem'],
      rows.map((result) => [
        String(result.row ?? result.index ?? ''),
        result.requestId,
        endOf(result),
        remarkOf(result),
      ]),
    ),
  );
  output.say(`\n${summaryOf(status)}`);
}

/** Returns one line with the numbers of rows; statuses and outcomes without rows are left out. */
export const summaryOf = ({ batchId, state, counts, outcomes = noOutcomes }: Status): string => {
  const { total, accepted: _, rejected: __, ...ends } = counts;
  const predicted = previewOutcomes.map((name) => [wouldBe(name), outcomes[name]] as const);
  const parts = [...Object.entries(ends), ...predicted].flatMap(([name, count]) =>
    count > 0 && name !== 'preview' ? [`${count} ${name}`] : [],
  );
  return `Batch ${batchId} ${state}: ${total} ${total === 1 ? 'row' : 'rows'}, ${parts.join(', ')}`;
};
