import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { noOutcomes } from '../../src/batches/batch';
import type { BatchStatus } from '../../src/batches/results/batch-status';
import { previewOutcomes, type MeetingResult } from '../../src/results/meeting-result';
import { wouldBe } from '../../src/results/preview-words';
import { workbookTypes } from '../../src/batches/workbook-type';
import { UsageError } from '../../local/command-line';
import type { Command, Context } from '../context';
import { bar, endOf, remarkOf, table } from '../output';
import { readInput } from '../read-input';

interface BatchOptions {
  readonly file: string;
  readonly organizer?: string;
  readonly organizerPool?: string;
  readonly timeZone?: string;
  readonly minutes?: string;
  readonly dateOrder?: string;
  readonly sheet?: string;
  /** The action for rows without one. */
  readonly action?: string;
  /** Compare with Graph, and revert what people changed in Teams. */
  readonly refresh?: boolean;
  /** The file for the results; its extension selects the format. */
  readonly out?: string;
  /** Only predict the outcome. */
  readonly preview?: boolean;
  /** Send the file as a new batch, even if it was sent before. */
  readonly again?: boolean;
}

/** A batch's status, with the addresses to ask for more. */
export type Status = BatchStatus & { readonly statusUrl: string; readonly resultsUrl: string };
type Row = MeetingResult & { readonly row?: number };

const types: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(workbookTypes).map(([name, type]) => [`.${name}`, type])),
  '.csv': 'text/csv',
  '.tsv': 'text/csv',
  '.json': 'application/json',
};

/** Sends a sheet or a list as a batch, waits for its end, and shows a line for each request. */
export const batch: Command<BatchOptions> = async (options, context) => {
  const format = options.out === undefined ? undefined : formatOf(options.out);
  const status = await follow(await submit(options, context), context);
  const rows = await rowsOf(status, context);
  if (options.out !== undefined && format !== undefined)
    await save(`${status.resultsUrl}?format=${format}`, options.out, context);
  show(status, rows, context);
  const { counts, outcomes = noOutcomes } = status;
  return counts.failed + counts.unknown + outcomes.refuse > 0 ? 1 : 0;
};

/** Submits the file. The same file is the same batch, so an interrupted command continues where it stopped. */
async function submit(options: BatchOptions, { api }: Context): Promise<Status> {
  const { bytes } = await readInput(options.file);
  const path = `/api/batches?${queryOf(options).toString()}`;
  const key = createHash('sha256').update(path).update(bytes).digest('hex');
  const type = types[extname(options.file).toLowerCase()];
  return api.json<Status>(path, {
    method: 'POST',
    body: bytes,
    headers: {
      'Idempotency-Key': options.again === true ? randomUUID() : key,
      'Content-Type': type ?? 'application/octet-stream',
    },
  });
}

function queryOf({
  organizer,
  organizerPool,
  timeZone,
  minutes,
  dateOrder,
  sheet,
  action,
  refresh,
  preview,
}: BatchOptions): URLSearchParams {
  const defaults = { organizer, organizerPool, timeZone, durationMinutes: minutes, action };
  const values = { ...defaults, dateOrder, sheet, refresh, preview };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) query.set(name, String(value));
  return query;
}

/** Polls until the batch has ended; the app says how long to wait. */
async function follow(submitted: Status, { api, output }: Context): Promise<Status> {
  const url = new URL(submitted.statusUrl);
  url.searchParams.set('wait', 'false');
  for (;;) {
    const response = await api.call(url.href);
    const status = (await response.json()) as Status;
    const { total, pending } = status.counts;
    output.progress(bar(total - pending, total));
    if (status.completedDateTime !== null) {
      output.progress('');
      return status;
    }
    await sleep(pollEveryMs);
  }
}

const pollEveryMs = 1_000;

async function rowsOf({ resultsUrl }: Status, { api }: Context): Promise<Row[]> {
  const rows: Row[] = [];
  let next: string | undefined = `${resultsUrl}?top=1000`;
  while (next !== undefined) {
    const page: { value: Row[]; nextLink?: string } = await api.json(next);
    rows.push(...page.value);
    next = page.nextLink;
  }
  return rows;
}

async function save(url: string, file: string, { api }: Context): Promise<void> {
  const { body } = await api.call(url);
  if (body !== null) await pipeline(Readable.fromWeb(body as never), createWriteStream(file));
}

/** @throws UsageError */
function formatOf(file: string): string {
  const format = extname(file).slice(1).toLowerCase();
  if (['csv', 'json', 'ndjson'].includes(format)) return format;
  if (workbookTypes[format] !== undefined) return 'xlsx';
  throw new UsageError(`--out ${file}: the name must end with .csv, .xlsx, .json or .ndjson.`);
}

function show(status: Status, rows: readonly Row[], { output }: Context): void {
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
